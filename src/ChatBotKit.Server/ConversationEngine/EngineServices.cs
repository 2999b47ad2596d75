using ChatBotKit.Server.Changes;
using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders.Answers;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The dependencies of the engine. A simulation can replace all of them.</summary>
internal sealed record EngineServices(
    IStore Store, LogDirectory Logs, ChannelLogs Channels, ModelRegistry Models, IPassageSearch Search,
    SessionBudgets Budgets, TimeProvider Clock, EngineOptions Options, ILogger<EngineServices> Logger,
    INodes Nodes, ChangeFeed Changes, IAttachmentReader? Attachments = null, IDatasetReader? Datasets = null,
    IFileTexts? Files = null, IAbilityReader? Abilities = null, IUsageGate? Gate = null, PersonalDataFinder? DataFinder = null,
    NameFinder? Names = null, Moderator? Moderator = null, UsageQueue? Usages = null)
{
    public PersonalDataFinder PersonalData { get; } = DataFinder ?? new PersonalDataFinder([]);

    public PromptBuilder Prompts { get; } = new(Clock);

    public BotCache Bots { get; } = new(Store, Changes);

    public PlaceholderReader Placeholders { get; } = new(Store, Files);

    public CutRuns CutRuns { get; } = new();

    /// <summary>Returns the refusal of a policy that blocks the bot; null when a run may start. Every run of a request asks here first.</summary>
    /// <param name="accountId">The account that the usage belongs to.</param>
    /// <param name="botId">The bot; null for none.</param>
    /// <param name="persona">The persona that answers.</param>
    /// <exception cref="ModerationUnavailableException">The persona is moderated, and the server can't do that.</exception>
    public async ValueTask<ApiError?> FindRefusalAsync(string accountId, string? botId, Persona persona)
    {
        if (Gate is { } gate && await gate.FindRefusalAsync(accountId, botId) is { } blocked)
            return blocked;
        Moderator.Require(Moderator, persona);
        return null;
    }

    public long Now() => Clock.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>The limits of the engine.</summary>
internal sealed record EngineOptions
{
    /// <summary>How long a run may take before it is aborted.</summary>
    public TimeSpan RunLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How many runs of one conversation can wait for their turn; further ones are refused.</summary>
    public int MaxWaitingRuns { get; init; } = 16;

    /// <summary>How many dispatched runs without a conversation can be active at once; further ones are refused.</summary>
    public int MaxDispatchedRuns { get; init; } = 1_000;

    /// <summary>How many idle conversations are kept in memory.</summary>
    public int MaxIdleConversations { get; init; } = 5_000;

    /// <summary>How much memory the idle conversations may take, in characters of two bytes each.</summary>
    public long MaxIdleCharacters { get; init; } = 64 * 1024 * 1024;

    /// <summary>The maximum number of characters of an answer, and also of its reasoning.</summary>
    public int MaxAnswerCharacters { get; init; } = AnswerLimit.Default;

    /// <summary>The number of most recent messages of a conversation that the engine loads.</summary>
    public int MaxMessages { get; init; } = 1_000;
}
