using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The user's message has been taken in.</summary>
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

/// <summary>The result of the whole run; the last event of a run that did not fail.</summary>
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

    /// <summary>Gets what taking the message in has used.</summary>
    public RunUsage? Usage { get; init; }
}

/// <summary>Specifies what a run came to.</summary>
public sealed record RunResult : ApiObject
{
    /// <summary>Gets the id of the last message of the run; null when nothing is stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>Gets the text of the run's last message, whatever its type; null in a line that only closes the stream.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>Gets the personal data that was found in the text; only when a message was sent without an answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Entity>? Entities { get; init; }

    /// <summary>Gets what the run has used in total.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunUsage? Usage { get; init; }

    /// <summary>Gets how the run ended; null when the operation does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunEnd? End { get; init; }
}
