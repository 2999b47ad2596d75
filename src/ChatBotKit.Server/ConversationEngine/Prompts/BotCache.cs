using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// The bots of conversations, kept in memory. A change of a bot that was acknowledged is seen by every run that begins after it.
/// </summary>
internal sealed class BotCache : IChangeListener
{
    /// <summary>How many characters are kept; a backstory may have 16 million.</summary>
    private const int Capacity = 16 * 1024 * 1024;

    private readonly ReadThroughCache<string, Bot> _bots = new(Capacity, static bot => bot.Characters);
    private readonly IStore _store;

    /// <param name="store">Where bots are stored.</param>
    /// <param name="changes">Says when a bot changes.</param>
    public BotCache(IStore store, ChangeFeed changes)
    {
        _store = store;
        changes.Listen(this);
    }

    /// <summary>Who answers in a conversation: its own settings, and those of its bot where it has none.</summary>
    /// <exception cref="StoreUnavailableException">The store can't be read.</exception>
    public ValueTask<Persona> PersonaOfAsync(ConversationRow conversation)
    {
        var own = new Persona(conversation.Model, conversation.Backstory)
        {
            DatasetId = conversation.DatasetId,
            SkillsetId = conversation.SkillsetId,
            Privacy = conversation.Privacy,
            Moderation = conversation.Moderation,
        };
        return conversation.BotId is { } botId ? CompleteAsync(own, botId, conversation.AccountId) : new ValueTask<Persona>(own);
    }

    /// <summary>A changed bot is read again before a run uses it.</summary>
    public void OnChanged(in Change change)
    {
        if (change.Kind == Bot.Kind)
            _bots.Invalidate(change.Id);
    }

    /// <summary>A bot that is gone, or that the account may not use any more, adds nothing.</summary>
    private async ValueTask<Persona> CompleteAsync(Persona own, string botId, string accountId)
    {
        return await _bots.GetAsync(botId, _store, LoadAsync, CancellationToken.None) is { } bot && await MayUseAsync(bot, accountId)
            ? own.Over(bot.Persona)
            : own;
    }

    private ValueTask<bool> MayUseAsync(Bot bot, string accountId) =>
        ResourceUse.IsOpen(bot.OwnerId, bot.Visibility, accountId)
            ? ValueTask.FromResult(true)
            : _store.QueryAsync(db => db.MayUseAsync(bot.OwnerId, bot.Visibility, accountId), CancellationToken.None);

    private static ValueTask<Bot?> LoadAsync(string botId, IStore store, CancellationToken cancellationToken) => store.QueryAsync(
        async db => await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, botId, Bot.Kind) is { } row ? Bot.From(row) : null,
        cancellationToken);
}
