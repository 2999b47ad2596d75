using System.Globalization;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Integrations.Extract;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Digests;

/// <summary>
/// Sends extracted data to the <c>request</c> of its integration. The work is stored with the data. A receiver that is away or busy is asked
/// again later; a refusal and the last failure become an event. The receiver may get the same data twice, with the same <c>Idempotency-Key</c>.
/// </summary>
internal sealed class ExtractRequestWork(IStore store, ExtractRequestClient client, TimeProvider time) : IDueWorkHandler
{
    private const string WorkKind = "extract-request";

    public string Kind => WorkKind;

    /// <summary>Creates the work for data that was just extracted.</summary>
    /// <param name="item">The work that has extracted the data.</param>
    /// <param name="data">The data.</param>
    /// <param name="now">The current time.</param>
    public static DueWorkRow Of(DueWorkItem item, JsonObject data, DateTimeOffset now) => DueWorkRow.New(
        WorkKind, $"{item.Key}.{item.Row.ScheduledAt.ToString(CultureInfo.InvariantCulture)}", now, now, data.ToJsonString(ChatBotKitJson.ServerOptions));

    /// <summary>Returns the setting; null when the integration only stores its data.</summary>
    public static string? SettingOf(JsonObject settings) => (string?)settings["request"] is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        if (await store.QueryAsync(db => DigestSubject.FindAsync(db, ExtractKind.Name, item.Key), cancellationToken) is not { } subject
            || SettingOf(ResourceEdit.Read(subject.Integration.Data)) is not { } setting)
            return DueWorkResult.Done;
        if (!ExtractRequest.TryRead(setting, client.AllowsHttp, out var request))
            return EndOf(item, new JsonObject { ["reason"] = "The request of the integration is malformed." });
        using var message = request.ToMessage(subject, JsonNode.Parse(item.Payload, documentOptions: JsonRules.Stored)!, item.Key);
        return await client.SendAsync(message, cancellationToken) switch
        {
            >= 200 and < 300 => EndOf(item, fault: null),
            null => throw new IOException("The address can't be reached, or does not answer."),
            // The receiver may take the same request later.
            var status when status is 408 or 425 or 429 or >= 500 => throw new IOException($"The answer has the status {status}."),
            var status => EndOf(item, new JsonObject { ["status"] = status }),
        };
    }

    public DueWorkResult GiveUp(DueWorkItem item) => EndOf(item, new JsonObject { ["reason"] = item.Row.LastError ?? "The data could not be sent." });

    private DueWorkResult EndOf(DueWorkItem item, JsonObject? fault) => DueWorkResult.With(async db =>
    {
        if (await DigestSubject.FindAsync(db, ExtractKind.Name, item.Key) is not { } subject)
            return;
        await db.LogAsync(subject.Conversation.Event(
            fault is null ? EventTypes.ExtractRequest : EventTypes.ExtractRequestError, time.GetUtcNow().ToUnixTimeMilliseconds(),
            [new(EventFields.Of(ExtractKind.Name)!, subject.Integration.Id)], fault?.ToJsonString(ChatBotKitJson.ServerOptions)));
    });
}
