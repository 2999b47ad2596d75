using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;

/// <summary>
/// <c>rating.*</c>: rates the conversation of the run, or another one of the account, and reads and deletes the ratings of the
/// conversations of a bot. The instruction names bot and contact; a model can't. Without a name, the bot is the linked one, or that of
/// the run; without a bot, the ratings are those of the account.
/// </summary>
internal sealed class RatingAction(IStore store, TimeProvider time) : IAbilityAction
{
    /// <summary>How many of the newest ratings of the account or contact are searched for those of a bot.</summary>
    public const int MaxSearched = 1_000;

    private const string Create = "rating.create";
    private const string List = "rating.list";
    private const string Id = "ratingId";
    private const int MaxListed = 100;
    private const int MaxReason = 10_000;
    private const int MaxValue = 1_000_000;

    public IReadOnlyList<string> Names { get; } = [Create, List, "rating.fetch", "rating.delete"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) => action switch
    {
        List => [],
        Create =>
        [
            ActionFields.Number("value", "How good it was; a negative number for bad.", isRequired: true) with { Min = -MaxValue, Max = MaxValue },
            ActionFields.Optional("reason", "Why."),
        ],
        _ => [ActionFields.Required(Id, "The id of the rating.")],
    };

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        if (call.Action == Create)
            return await CreateAsync(call, cancellationToken);
        if (call.Action == List)
        {
            var ratings = await store.QueryAsync(db => ListAsync(db, call), cancellationToken);
            return AbilityResult.Of(new JsonArray([.. ratings.Take(MaxListed).Select(ItemOf)]));
        }

        var rating = await store.QueryAsync(db => FindAsync(db, call), cancellationToken) ?? throw new AbilityException("There is no such rating.");
        if (call.Action == "rating.fetch")
            return AbilityResult.Of(ItemOf(rating));
        await store.ChangeAsync(db => db.DeleteRatingAsync(rating.Id), cancellationToken);
        return AbilityResult.Of(new JsonObject { ["id"] = rating.Id });
    }

    private static async ValueTask<RatingRow?> FindAsync(ISqlSession db, AbilityCall call)
    {
        var rating = await db.FindRatingAsync(call.Require(Id), call.Scope.AccountId);
        return rating is not null && (ContactOf(call) is not { } contact || rating.ContactId == contact)
            ? (await OfBotAsync(db, call, [rating])).FirstOrDefault()
            : null;
    }

    private static async ValueTask<IEnumerable<RatingRow>> ListAsync(ISqlSession db, AbilityCall call) =>
        await OfBotAsync(db, call, await db.ListNewestRatingsAsync(call.Scope.AccountId, ContactOf(call), BotOf(call) is null ? MaxListed : MaxSearched));

    /// <summary>Returns the ratings of conversations with the bot, to which alone the conversations refer.</summary>
    private static async ValueTask<IEnumerable<RatingRow>> OfBotAsync(ISqlSession db, AbilityCall call, IReadOnlyList<RatingRow> ratings)
    {
        if (BotOf(call) is not { } address)
            return ratings;
        var bot = await db.FindUsableAsync(Bots.BotKind.Name, address, call.Scope.AccountId) ?? throw new AbilityException("There is no such bot.");
        var bots = await db.ListRatedBotsAsync([.. ratings.Select(rating => rating.ConversationId).Distinct()]);
        return ratings.Where(rating => bots.GetValueOrDefault(rating.ConversationId) == bot.Id);
    }

    private static string? BotOf(AbilityCall call) => call.TextOf("botId") ?? call.Ability.BotId ?? call.Scope.BotId;

    private static string? ContactOf(AbilityCall call) => call.TextOf("contactId");

    private async Task<AbilityResult> CreateAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var id = call.TextOf("conversationId") ?? call.Scope.ConversationId ?? throw new AbilityException("This run has no conversation.");
        var reason = call.TextOf("reason");
        if (reason?.Length > MaxReason)
            return AbilityResult.Failed($"The reason may have at most {MaxReason} characters.");
        if (!double.TryParse(call.Require("value"), System.Globalization.CultureInfo.InvariantCulture, out var value) || value is < -MaxValue or > MaxValue)
            return AbilityResult.Failed("The value must be a number.");
        var conversation = await store.QueryAsync(db => db.FindConversationAsync(id, call.Scope.AccountId), cancellationToken);
        if (conversation is null)
            return AbilityResult.Failed("There is no such conversation.");
        var rating = new RatingRow
        {
            Id = DerivedId.Of("rating", "ability", conversation.Id, null),
            AccountId = conversation.AccountId,
            ConversationId = conversation.Id,
            ContactId = conversation.ContactId,
            Value = (int)Math.Round(value),
            Reason = reason,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await store.ChangeAsync(
            async db =>
            {
                await db.PutRatingAsync(rating);
                return true;
            },
            cancellationToken);
        return AbilityResult.Of(new JsonObject { ["id"] = rating.Id });
    }

    private static JsonObject ItemOf(RatingRow rating) => new()
    {
        ["id"] = rating.Id,
        ["conversationId"] = rating.ConversationId,
        ["messageId"] = rating.MessageId,
        ["value"] = rating.Value,
        ["reason"] = rating.Reason,
        ["createdAt"] = rating.CreatedAt,
    };
}
