using System.Collections.Frozen;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>What a run is asked to do, checked and taken out of the request.</summary>
internal sealed record RunInput
{
    /// <summary>Chosen by the caller, so that an answer can name it before it is stored.</summary>
    public string RunId { get; init; } = Ids.New();

    /// <summary><c>complete</c>, <c>receive</c> or <c>dispatch</c>.</summary>
    public required string Kind { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The credential's scope; channels are looked up in it.</summary>
    public required string ScopeId { get; init; }

    public string? SessionId { get; init; }

    /// <summary>Whom the session acts as; null leaves it to the conversation.</summary>
    public string? ContactId { get; init; }

    /// <summary>The user's message; null to go on from what is there.</summary>
    public string? Text { get; init; }

    /// <summary>The id of the message that the text becomes.</summary>
    public string MessageId { get; init; } = Ids.New();

    /// <summary>The spans that came with the text, as a JSON array.</summary>
    public string? Entities { get; init; }

    public IReadOnlyList<EngineFunction> Functions { get; init; } = [];

    /// <summary>Added to the backstory.</summary>
    public string? ExtraBackstory { get; init; }

    /// <summary>Texts that the caller brought along to be searched.</summary>
    public IReadOnlyList<Passage> Knowledge { get; init; } = [];

    public RunBounds Bounds { get; init; } = RunBounds.Default;

    /// <summary>The caller's time zone by its IANA name.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Values of the placeholders that the caller's contact fills.</summary>
    public IReadOnlyDictionary<string, string> PlaceholderValues { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>What the attached files hold, by their addresses.</summary>
    public IReadOnlyDictionary<string, AttachmentContent> Attachments { get; init; } = AttachmentContent.None;

    /// <summary>The log to write to; null for one of the run's own.</summary>
    public string? ChannelLogId { get; init; }

    /// <summary>The run as a row that starts now.</summary>
    /// <param name="conversationId">The conversation; null for a stateless run.</param>
    /// <param name="owner">The id of this process.</param>
    /// <param name="startedAt">The present.</param>
    public RunRow ToRun(string? conversationId, string owner, long startedAt) => new()
    {
        Id = RunId,
        AccountId = AccountId,
        ConversationId = conversationId,
        SessionId = SessionId,
        LogId = ChannelLogId ?? RunId,
        Kind = Kind,
        Owner = owner,
        StartedAt = startedAt,
    };

    /// <summary>Lets the row of the run keep the question until the run has its turn.</summary>
    public void AskLater(RunRow run)
    {
        if (Text is not null)
            (run.QuestionId, run.QuestionText, run.QuestionEntities) = (MessageId, Text, Entities);
    }
}

/// <summary>How much a run may do.</summary>
/// <param name="Iterations">Calls of the model with their tools.</param>
/// <param name="Continuations">Calls that go on after the model's output limit.</param>
/// <param name="Calls">Tool calls.</param>
internal sealed record RunBounds(int Iterations, int Continuations, int Calls)
{
    // Each continuation sends the whole prompt and the answer so far once more, so a model that never comes to an end costs the
    // square of their number. A caller who wants a very long answer says so.
    private const int DefaultContinuations = 5;
    private const int MaxContinuations = 20;

    /// <summary>Gets what a run may do when its request does not say.</summary>
    public static RunBounds Default { get; } = new(1000, DefaultContinuations, 1000);

    /// <summary>Gets what a request may ask for.</summary>
    public static RunBounds Most { get; } = new(1000, MaxContinuations, 1000);
}

/// <summary>How a run ended, in the words of the API.</summary>
internal static class EndReasons
{
    public const string Stop = "stop";
    public const string Length = "length";
    public const string Activity = "activity";
    public const string Abort = "abort";
    public const string Error = "error";
    public const string Iteration = "iteration";
}
