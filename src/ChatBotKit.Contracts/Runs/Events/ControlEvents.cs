using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The run was aborted by its caller or by one of its functions.</summary>
public sealed record AbortEvent : RunEvent<AbortEventData>
{
    /// <inheritdoc/>
    public override string Type => "abort";
}

/// <summary>The run has failed. Streams of the SDK throw an exception in place of this event; channels return it.</summary>
public sealed record ErrorEvent : RunEvent<ErrorResponse>
{
    /// <inheritdoc/>
    public override string Type => "error";
}

/// <summary>Describes the tokens that the model has read and written so far.</summary>
public sealed record UsageEvent : RunEvent<UsageEventData>
{
    /// <inheritdoc/>
    public override string Type => "usage";
}

/// <summary>A keep-alive line. The SDK does not return it.</summary>
public sealed record PingEvent : RunEvent
{
    /// <inheritdoc/>
    public override string Type => "ping";

    internal override void WriteData(Utf8JsonWriter writer, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    }
}

/// <summary>A line that only opens the stream. The SDK does not return it.</summary>
public sealed record NopEvent : RunEvent
{
    /// <inheritdoc/>
    public override string Type => "nop";

    internal override void WriteData(Utf8JsonWriter writer, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    }
}

/// <summary>The data of an <see cref="AbortEvent"/>.</summary>
public sealed record AbortEventData : ApiObject
{
    /// <summary>Gets the temporary id of the run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instance { get; init; }

    /// <summary>Gets the temporary id of the model's call.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Iteration { get; init; }

    /// <summary>Gets the reason, usually a word. It may be any JSON value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Reason { get; init; }

    /// <summary>Gets the function that aborted the run; null when it was not aborted by a function.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FunctionName { get; init; }
}

/// <summary>The data of a <see cref="UsageEvent"/>.</summary>
public sealed record UsageEventData : ApiObject
{
    /// <summary>Gets the name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the tokens that the model read.</summary>
    public required long InputTokensUsed { get; init; }

    /// <summary>Gets the tokens that the model wrote.</summary>
    public required long OutputTokensUsed { get; init; }
}
