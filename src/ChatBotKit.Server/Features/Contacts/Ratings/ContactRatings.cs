using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Contacts.Ratings;

/// <summary>Lists the ratings of conversations and messages by a contact.</summary>
internal sealed class ContactRatings(IStore store)
{
    public Task<ListPiece<ContactRatingItem>> ListAsync(ResourceRow contact, ListPage page, CancellationToken cancellationToken) =>
        store.QueryAsync(
            async db =>
            {
                var rows = await db.ReadPieceAsync(
                    RatingTable.Rows,
                    scope => scope.Add($" AND \"AccountId\" = {contact.AccountId}"),
                    filter => filter.Add($" AND \"ContactId\" = {contact.Id}"),
                    page,
                    static row => row.Reason?.Length ?? 0);
                var bots = await db.ListRatedBotsAsync([.. rows.Items.Select(row => row.ConversationId).Distinct()]);
                return rows.ConvertAll(row => ItemOf(row, bots.GetValueOrDefault(row.ConversationId)));
            },
            cancellationToken).AsTask();

    private static ContactRatingItem ItemOf(RatingRow row, string? botId) => new()
    {
        Id = row.Id,
        ContactId = row.ContactId,
        BotId = botId,
        ConversationId = row.ConversationId,
        MessageId = row.MessageId,
        Value = row.Value,
        Reason = row.Reason,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
    };
}
