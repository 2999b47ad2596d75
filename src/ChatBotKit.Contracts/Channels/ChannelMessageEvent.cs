using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>A message that was published on a channel.</summary>
public sealed record ChannelMessageEvent : ApiObject
{
    /// <summary>Gets the type of the line. So far it is always <c>message</c>.</summary>
    public string Type { get; init; } = "message";

    /// <summary>Gets the message.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>Gets the number of the message on its channel; null when the server has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Id { get; init; }

    /// <summary>Gets when the message was published; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Reads the message as an event of a run. The channel of a dispatched run carries such events.</summary>
    /// <param name="runEvent">The event; an <see cref="ErrorEvent"/> when the run failed.</param>
    /// <returns>True when the message is an event.</returns>
    public bool TryReadRunEvent([NotNullWhen(true)] out RunEvent? runEvent)
    {
        runEvent = null;
        if (Data.ValueKind != JsonValueKind.Object || !Data.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
            return false;

        try
        {
            runEvent = Data.Deserialize((JsonTypeInfo<RunEvent>)ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(RunEvent)));
        }
        catch (JsonException)
        {
            // Channels carry any message, so a message that only resembles an event is not one.
        }

        return runEvent is not null;
    }
}
