using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The run was given up, by its caller or by one of its functions.</summary>
public sealed record AbortEvent : RunEvent<AbortEventData>
{
    /// <inheritdoc/>
    public override string Type => "abort";
}

/// <summary>The run has failed. Streams of the SDK throw instead of giving this event; channels do give it.</summary>
public sealed record ErrorEvent : RunEvent<ErrorResponse>
{
    /// <inheritdoc/>
    public override string Type => "error";
}

/// <summary>Describes what the model has read and written so far.</summary>
public sealed record UsageEvent : RunEvent<UsageEventData>
{
    /// <inheritdoc/>
    public override string Type => "usage";
}

/// <summary>A sign of life. Streams of the SDK leave it out.</summary>
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

/// <summary>A line that only opens the stream. Streams of the SDK leave it out.</summary>
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

    /// <summary>Gets why, mostly a word; any JSON value is possible.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Reason { get; init; }

    /// <summary>Gets the function that gave the run up; null when it was not one.</summary>
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
