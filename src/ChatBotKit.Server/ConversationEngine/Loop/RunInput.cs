using System.Collections.Frozen;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The checked input of a run.</summary>
internal sealed record RunInput
{
    /// <summary>The id of the run. It is created with the input, so that a response can contain it before the run is stored.</summary>
    public string RunId { get; init; } = Ids.New();

    /// <summary><c>complete</c>, <c>receive</c> or <c>dispatch</c>.</summary>
    public required string Kind { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The scope of the credential, in which channels are looked up.</summary>
    public required string ScopeId { get; init; }

    public string? SessionId { get; init; }

    /// <summary>The bot whose settings the run uses; null for none.</summary>
    public string? BotId { get; init; }

    /// <summary>The contact that the session acts as; null to use that of the conversation.</summary>
    public string? ContactId { get; init; }

    /// <summary>The task of the conversation; null for none.</summary>
    public string? TaskId { get; init; }

    /// <summary>The user's message; null to continue from the existing messages.</summary>
    public string? Text { get; init; }

    /// <summary>The id of the user's message.</summary>
    public string MessageId { get => field ??= Ids.New(); init; }

    /// <summary>The entities of the text, as a JSON array.</summary>
    public string? Entities { get; init; }

    public IReadOnlyList<EngineFunction> Functions { get; init; } = [];

    /// <summary>The abilities of the request, which the server executes.</summary>
    public IReadOnlyList<InlineAbility> Abilities { get; init; } = [];

    /// <summary>How many runs are above this one: 0 unless a function of another run has started it.</summary>
    public int Depth { get; init; }

    /// <summary>Whether the run is of a task, or of a bot that such a run asked.</summary>
    public bool IsOfTask { get; init; }

    /// <summary>Whether personal data is kept from the models, whatever the settings of the bot say.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Text to append to the backstory.</summary>
    public string? ExtraBackstory { get; init; }

    /// <summary>The texts of the request in which the run may search.</summary>
    public IReadOnlyList<Passage> Knowledge { get; init; } = [];

    public RunBounds Bounds { get; init; } = RunBounds.Default;

    /// <summary>The settings of the answers of the model.</summary>
    public AnswerSettings Answer { get; init; } = AnswerSettings.None;

    /// <summary>How long the run may take, with its wait for a turn; null for the limit of the engine.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>The IANA name of the caller's time zone.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The values of placeholders about the contact.</summary>
    public IReadOnlyDictionary<string, string> PlaceholderValues { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The contents of the attached files, by their addresses.</summary>
    public IReadOnlyDictionary<string, AttachmentContent> Attachments { get; init; } = AttachmentContent.None;

    /// <summary>Whether the caller counts the usage of a run that is not stored, as part of something else.</summary>
    public bool IsCountedElsewhere { get; init; }

    /// <summary>The log of a channel to write to; null for a log of the run's own.</summary>
    public string? ChannelLogId { get; init; }

    /// <summary>Creates the row of the run.</summary>
    /// <param name="conversationId">The conversation; null for a stateless run.</param>
    /// <param name="owner">The id of this process.</param>
    /// <param name="startedAt">The current time.</param>
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

    /// <summary>Stores the user's message in the row of the run until the run has its turn.</summary>
    public void AskLater(RunRow run)
    {
        if (Text is not null)
            (run.QuestionId, run.QuestionText, run.QuestionEntities) = (MessageId, Text, Entities);
    }
}

/// <summary>The limits of a run.</summary>
/// <param name="Iterations">The number of model calls with their tool calls.</param>
/// <param name="Continuations">The number of calls that continue an answer after the model's output limit.</param>
/// <param name="Calls">The number of tool calls.</param>
internal sealed record RunBounds(int Iterations, int Continuations, int Calls)
{
    // Each continuation sends the whole prompt and the answer so far again, so the cost of a model that never ends grows with the
    // square of their number. A caller can request more for a very long answer.
    private const int DefaultContinuations = 5;
    private const int MaxContinuations = 20;

    /// <summary>Gets the limits of a run whose request sets none.</summary>
    public static RunBounds Default { get; } = new(1000, DefaultContinuations, 1000);

    /// <summary>Gets the highest limits that a request can set.</summary>
    public static RunBounds Most { get; } = new(1000, MaxContinuations, 1000);
}

/// <summary>The reasons for which a run ends, as the API names them.</summary>
internal static class EndReasons
{
    public const string Stop = "stop";
    public const string Length = "length";
    public const string Activity = "activity";
    public const string Abort = "abort";
    public const string Error = "error";
    public const string Iteration = "iteration";
}
