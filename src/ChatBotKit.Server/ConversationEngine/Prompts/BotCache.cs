using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>A cache of bots. Every run that begins after an acknowledged change of a bot sees the change.</summary>
internal sealed class BotCache : IChangeListener
{
    /// <summary>The maximum number of cached characters. A single backstory can have 16 million.</summary>
    private const int Capacity = 16 * 1024 * 1024;

    private readonly ReadThroughCache<string, Bot> _bots = new(Capacity, static bot => bot.Characters);
    private readonly IStore _store;

    /// <param name="store">The store of the bots.</param>
    /// <param name="changes">The changes of bots.</param>
    public BotCache(IStore store, ChangeFeed changes)
    {
        _store = store;
        changes.Listen(this);
    }

    /// <summary>Returns the persona of a conversation: its own settings, completed by those of its bot.</summary>
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

    /// <summary>Drops a changed bot from the cache, so that the next run loads it again.</summary>
    public void OnChanged(in Change change)
    {
        if (change.Kind == Bot.Kind)
            _bots.Invalidate(change.Id);
    }

    /// <summary>Adds the settings of the bot, unless it was deleted or the account may not use it any more.</summary>
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
