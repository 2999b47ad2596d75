using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The run waits for the result of a function, which can now be published on the channel.</summary>
public sealed record WaitForChannelMessageBeginEvent : RunEvent<ChannelWaitEventData>
{
    /// <inheritdoc/>
    public override string Type => "waitForChannelMessageBegin";
}

/// <summary>The result of a function has arrived. This event is missing when the wait timed out.</summary>
public sealed record WaitForChannelMessageEndEvent : RunEvent<ChannelWaitEventData>
{
    /// <inheritdoc/>
    public override string Type => "waitForChannelMessageEnd";
}

/// <summary>Describes the function result that a run waits for.</summary>
public sealed record ChannelWaitEventData : ApiObject
{
    /// <summary>Gets the id of the channel to publish on.</summary>
    public required string Channel { get; init; }

    /// <summary>Gets the function whose result is requested.</summary>
    public required ChannelWaitFunction Function { get; init; }

    /// <summary>Gets the message that was received; null at the start.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Message { get; init; }
}

/// <summary>A function whose result is requested.</summary>
public sealed record ChannelWaitFunction : ApiObject
{
    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the arguments.</summary>
    public JsonElement? Args { get; init; }
}
