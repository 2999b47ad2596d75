using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The run waits for the result of a function; from now on it can be published on the channel.</summary>
public sealed record WaitForChannelMessageBeginEvent : RunEvent<ChannelWaitEventData>
{
    /// <inheritdoc/>
    public override string Type => "waitForChannelMessageBegin";
}

/// <summary>The result of a function has come in; there is none of these when waiting has timed out.</summary>
public sealed record WaitForChannelMessageEndEvent : RunEvent<ChannelWaitEventData>
{
    /// <inheritdoc/>
    public override string Type => "waitForChannelMessageEnd";
}

/// <summary>Describes what a run waits for.</summary>
public sealed record ChannelWaitEventData : ApiObject
{
    /// <summary>Gets the id of the channel to publish on.</summary>
    public required string Channel { get; init; }

    /// <summary>Gets the function whose result is wanted.</summary>
    public required ChannelWaitFunction Function { get; init; }

    /// <summary>Gets the message that came in; null at the beginning.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Message { get; init; }
}

/// <summary>A function whose result is wanted.</summary>
public sealed record ChannelWaitFunction : ApiObject
{
    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the arguments.</summary>
    public JsonElement? Args { get; init; }
}
