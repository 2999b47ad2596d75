namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Executes the calls of a function on the server.</summary>
internal interface IFunctionRunner
{
    /// <summary>Executes a call. Every failure of the function is a result, so that the model can react to it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">The token that cancels the call when its run is aborted.</param>
    /// <returns>The result as JSON text on one line.</returns>
    /// <exception cref="RunAbortedException">The function requests to abort the run.</exception>
    /// <exception cref="OperationCanceledException">The run was aborted.</exception>
    Task<string> RunAsync(EngineCall call, CancellationToken cancellationToken);
}

/// <summary>A call of a function that the server executes.</summary>
/// <param name="Scope">The run that makes the call.</param>
/// <param name="Number">
/// The number of the call in the run, from 1 on. Together with the id of the run it identifies the call, so that a side effect can be
/// made only once.
/// </param>
/// <param name="Arguments">The arguments: a JSON object as text.</param>
internal sealed record EngineCall(FunctionScope Scope, int Number, string Arguments);

/// <summary>On whose behalf functions are called.</summary>
internal sealed record FunctionScope
{
    /// <summary>The maximum depth of runs that functions of other runs have started.</summary>
    public const int MaxDepth = 4;

    public required string AccountId { get; init; }

    public required string RunId { get; init; }

    /// <summary>The conversation; null for a stateless run and for a call without a run.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The session that started the run; null for the owner.</summary>
    public string? SessionId { get; init; }

    /// <summary>The contact of the run or conversation; null for none.</summary>
    public string? ContactId { get; init; }

    /// <summary>The bot whose settings the run uses; null for none.</summary>
    public string? BotId { get; init; }

    /// <summary>The name under which state is kept between calls without a conversation; null for none.</summary>
    public string? Namespace { get; init; }

    /// <summary>The IANA name of the caller's time zone.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>How many runs are above this one: 0 unless a function of another run has started it.</summary>
    public int Depth { get; init; }

    /// <summary>Whether the run is of a task, or of a bot that such a run asked.</summary>
    public bool IsOfTask { get; init; }

    /// <summary>
    /// The tokens of the run, to which its functions add those that they use. A run that a function starts counts here, and nowhere else.
    /// </summary>
    public required UsageCounter Usage { get; init; }

    /// <summary>The connections that functions keep open between the calls of the run.</summary>
    public RunConnections Connections { get; init; } = new();

    /// <summary>Whether personal data is kept from the models that the function asks.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Returns the scope of a run.</summary>
    /// <param name="input">The run.</param>
    /// <param name="conversationId">The conversation; null for a stateless run.</param>
    /// <param name="usage">The tokens of the run.</param>
    public static FunctionScope Of(RunInput input, string? conversationId, UsageCounter usage) => new()
    {
        Usage = usage,
        AccountId = input.AccountId,
        RunId = input.RunId,
        ConversationId = conversationId,
        SessionId = input.SessionId,
        ContactId = input.ContactId,
        BotId = input.BotId,
        TimeZone = input.TimeZone,
        Depth = input.Depth,
        IsOfTask = input.IsOfTask,
        IsPrivate = input.IsPrivate,
    };
}
