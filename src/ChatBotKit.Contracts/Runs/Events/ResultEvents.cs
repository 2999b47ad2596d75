using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The user's message has been received.</summary>
public sealed record SendResultEvent : RunEvent<SendResultEventData>
{
    /// <inheritdoc/>
    public override string Type => "sendResult";
}

/// <summary>The model's answer is complete.</summary>
public sealed record ReceiveResultEvent : RunEvent<RunResult>
{
    /// <inheritdoc/>
    public override string Type => "receiveResult";
}

/// <summary>The result of the whole run. It is the last event of a run that did not fail.</summary>
public sealed record ResultEvent : RunEvent<RunResult>
{
    /// <inheritdoc/>
    public override string Type => "result";
}

/// <summary>The data of a <see cref="SendResultEvent"/>.</summary>
public sealed record SendResultEventData : ApiObject
{
    /// <summary>Gets the id of the stored message; null when nothing is stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>Gets the user's text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the personal data that was found in the text.</summary>
    public IReadOnlyList<Entity>? Entities { get; init; }

    /// <summary>Gets the usage of receiving the message.</summary>
    public RunUsage? Usage { get; init; }
}

/// <summary>Describes the result of a run.</summary>
public sealed record RunResult : ApiObject
{
    /// <summary>Gets the id of the last message of the run; null when nothing is stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>Gets the text of the last message of the run, of any type; null in a line that only closes the stream.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>Gets the personal data that was found in the text; only when a message was sent without an answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Entity>? Entities { get; init; }

    /// <summary>Gets the total usage of the run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunUsage? Usage { get; init; }

    /// <summary>Gets the end of the run; null when the operation does not return it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunEnd? End { get; init; }
}
