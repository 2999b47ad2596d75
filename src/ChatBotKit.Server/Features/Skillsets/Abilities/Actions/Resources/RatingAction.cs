using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;

/// <summary><c>rating.create</c>: rates the conversation of the run, or another one of the account. A later rating replaces it.</summary>
internal sealed class RatingAction(IStore store, TimeProvider time) : IAbilityAction
{
    private const int MaxReason = 10_000;
    private const int MaxValue = 1_000_000;

    public IReadOnlyList<string> Names { get; } = ["rating.create"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) =>
    [
        ActionFields.Number("value", "How good it was; a negative number for bad.", isRequired: true) with { Min = -MaxValue, Max = MaxValue },
        ActionFields.Optional("reason", "Why."),
    ];

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
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
}
