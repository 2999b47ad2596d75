using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Digests;

/// <summary>
/// Processes one conversation with an integration. A process that was killed asks the model again. After the last attempt the item is
/// dropped instead of kept, so that the owner can start it again.
/// </summary>
internal abstract class DigestWork(IStore store, DigestModel model, TimeProvider time, ILogger logger) : IDueWorkHandler
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public abstract string Kind { get; }

    public int AtOnce => 2;

    public int Attempts => 3;

    public TimeSpan Limit => TimeSpan.FromMinutes(15);

    /// <summary>The kind of the integration.</summary>
    protected abstract string IntegrationKind { get; }

    /// <summary>The key below <c>meta.integrations</c> of the conversation.</summary>
    protected abstract string MetaKey { get; }

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        if (await store.QueryAsync(db => DigestSubject.FindAsync(db, IntegrationKind, item.Key), cancellationToken) is not { } subject)
            return DueWorkResult.Done;
        if (await model.FindRefusalAsync(subject) is { } refusal)
        {
            var pause = refusal.RetryAfter is { } given && given < LongestPause ? given : LongestPause;
            return DueWorkResult.Again(time.GetUtcNow() + pause, item.Payload);
        }

        return await ProcessAsync(subject, item, cancellationToken);
    }

    public DueWorkResult GiveUp(DueWorkItem item)
    {
        logger.LogWarning("{Kind} of {Key} has failed, and is not tried again: {Reason}", Kind, item.Key, item.Row.LastError);
        return DueWorkResult.Done;
    }

    /// <summary>Processes the conversation.</summary>
    protected abstract Task<DueWorkResult> ProcessAsync(DigestSubject subject, DueWorkItem item, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a result in the <c>meta</c> of the conversation, unless that becomes too large.
    /// </summary>
    /// <returns>Whether the conversation and the integration are still there.</returns>
    protected async ValueTask<bool> StoreAsync(ISqlTransaction db, DigestSubject subject, JsonObject result)
    {
        var (integration, conversation) = (subject.Integration, subject.Conversation);
        if (await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, integration.Id, IntegrationKind) is null
            || await db.FindConversationAsync(conversation.Id, integration.AccountId) is not { } row)
            return false;
        var meta = MetaJson.Parse(row.Meta) ?? [];
        if (meta["integrations"] is not JsonObject integrations)
            meta["integrations"] = integrations = [];
        integrations[MetaKey] = result.DeepClone();
        if (JsonSize.Of(meta) > FieldRules.MaxFreeBytes)
            return true;
        row.Meta = meta.ToJsonString(ChatBotKitJson.ServerOptions);
        row.UpdatedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        await db.ChangeConversationAsync(row);
        return true;
    }
}
