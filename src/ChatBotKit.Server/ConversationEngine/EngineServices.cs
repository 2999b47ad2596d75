using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>What the engine takes from outside, so that a simulation can stand in for all of it.</summary>
internal sealed record EngineServices(
    IStore Store, LogDirectory Logs, ChannelLogs Channels, ModelRegistry Models, IPassageSearch Search,
    SessionBudgets Budgets, TimeProvider Clock, EngineOptions Options, ILogger<EngineServices> Logger,
    INodes Nodes, ChangeFeed Changes, IAttachmentReader? Attachments = null)
{
    public PromptBuilder Prompts { get; } = new(Search, Clock);

    public BotCache Bots { get; } = new(Store, Changes);

    public CutRuns CutRuns { get; } = new();

    public long Now() => Clock.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>Bounds of the engine.</summary>
internal sealed record EngineOptions
{
    /// <summary>How long a run may take before it is aborted.</summary>
    public TimeSpan RunLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How many runs of one conversation may wait for their turn; more are refused.</summary>
    public int MaxWaitingRuns { get; init; } = 16;

    /// <summary>How many dispatched runs without a conversation may go on at once; more are refused.</summary>
    public int MaxDispatchedRuns { get; init; } = 1_000;

    /// <summary>How many conversations are held in memory when nothing happens in them.</summary>
    public int MaxIdleConversations { get; init; } = 5_000;

    /// <summary>How much memory these may take together, in characters, of which each takes two bytes.</summary>
    public long MaxIdleCharacters { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many characters an answer may have, and the thoughts before it as many again.</summary>
    public int MaxAnswerCharacters { get; init; } = AnswerLimit.Default;

    /// <summary>How many of a conversation's last messages the engine looks at.</summary>
    public int MaxMessages { get; init; } = 1_000;
}
