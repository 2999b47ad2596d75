using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of ratings.</summary>
internal static class RatingTable
{
    public static ResourceColumn Contact { get; } = new("Ratings", "ContactId");

    public static SqlTable<RatingRow> Rows { get; } = new(
        "Ratings",
        [
            "Id", "AccountId", "ConversationId", "MessageId", "ContactId", "Value", "Reason", "CreatedAt",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            AccountId = row.GetString(1),
            ConversationId = row.GetString(2),
            MessageId = row.GetStringOrNull(3),
            ContactId = row.GetStringOrNull(4),
            Value = row.GetInt32(5),
            Reason = row.GetStringOrNull(6),
            CreatedAt = row.GetInt64(7),
        },
        static (row, to) => to.Fill(
            row.Id, row.AccountId, row.ConversationId, row.MessageId, row.ContactId, row.Value, row.Reason,
            row.CreatedAt),
        references: Contact);

    /// <summary>Returns the bots of the conversations, by conversation. Conversations without a bot are left out.</summary>
    public static async ValueTask<IReadOnlyDictionary<string, string>> ListRatedBotsAsync(this ISqlSession db, IReadOnlyList<string> conversationIds)
    {
        if (conversationIds.Count == 0)
            return new Dictionary<string, string>();
        var bot = ConversationTable.Bot.Value;
        var query = new SqlQuery().AddSql($"SELECT \"Id\", {bot} FROM \"Conversations\" WHERE {bot} IS NOT NULL").AddIn("\"Id\"", conversationIds);
        return (await db.ListAsync(query, static row => (row.GetString(0), row.GetString(1)))).ToDictionary(pair => pair.Item1, pair => pair.Item2);
    }

    public static ValueTask<RatingRow?> FindRatingAsync(this ISqlSession db, string id, string accountId) =>
        db.FirstAsync(Rows, """WHERE "Id" = $1 AND "AccountId" = $2""", id, accountId);

    /// <summary>Lists the newest ratings of an account, or of one of its contacts.</summary>
    public static ValueTask<List<RatingRow>> ListNewestRatingsAsync(this ISqlSession db, string accountId, string? contactId, int take) => contactId is null
        ? db.ListAsync(Rows, """WHERE "AccountId" = $1 ORDER BY "CreatedAt" DESC, "Id" DESC LIMIT $2""", accountId, take)
        : db.ListAsync(Rows, """WHERE "ContactId" = $1 AND "AccountId" = $2 ORDER BY "CreatedAt" DESC, "Id" DESC LIMIT $3""", contactId, accountId, take);

    /// <summary>Deletes a rating. Returns whether it was there.</summary>
    public static async ValueTask<bool> DeleteRatingAsync(this ISqlTransaction db, string id) =>
        await db.ExecuteAsync("""DELETE FROM "Ratings" WHERE "Id" = $1""", id) > 0;

    /// <summary>Stores the rating and replaces one with the same id.</summary>
    public static async ValueTask PutRatingAsync(this ISqlTransaction db, RatingRow rating)
    {
        if (!await db.UpdateAsync(Rows, rating))
            await db.InsertAsync(Rows, rating);
        await db.ExecuteAsync(
            """UPDATE "Ratings" SET "ConversationAt" = (SELECT "CreatedAt" FROM "Conversations" WHERE "Id" = "Ratings"."ConversationId") WHERE "Id" = $1""",
            rating.Id);
    }
}
