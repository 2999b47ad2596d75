namespace ChatBotKit.Server.Data;

/// <summary>Where a conversation is in the lists of its account.</summary>
/// <param name="At">The time at which it was created, in Unix milliseconds.</param>
/// <param name="Id">The id.</param>
internal readonly record struct ConversationPlace(long At, string Id);

/// <summary>Finds conversations by what belongs to them.</summary>
internal static class ConversationSearchQueries
{
    /// <summary>The newest messages of a conversation. What neither a user nor a bot wrote is empty. Values: conversation, number.</summary>
    public const string NewestTexts = """
        SELECT CASE WHEN "Type" IN ('user', 'bot') THEN "Text" ELSE '' END FROM "Messages"
        WHERE "ConversationId" = $1 ORDER BY "Position" DESC LIMIT $2
        """;

    /// <summary>Finds the place of a conversation of the account.</summary>
    public static ValueTask<ConversationPlace?> FindPlaceAsync(this ISqlSession db, string id, string accountId) => db.FirstAsync(
        """SELECT "CreatedAt" FROM "Conversations" WHERE "Id" = $1 AND "AccountId" = $2""",
        row => (ConversationPlace?)new ConversationPlace(row.GetInt64(0), id), id, accountId);

    /// <summary>Looks for a text in the newest messages of a conversation, whether its letters are small or capital.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="text">The text.</param>
    /// <param name="take">The maximum number of messages.</param>
    /// <param name="characters">The number of characters after which no further message is read.</param>
    public static async ValueTask<(bool IsFound, int Messages, long Characters)> LookForAsync(
        this ISqlSession db, string conversationId, string text, int take, long characters)
    {
        var read = await db.ListAsync(
            NewestTexts,
            row =>
            {
                var said = row.GetString(0);
                return (said.Length, IsFound: said.Contains(text, StringComparison.OrdinalIgnoreCase));
            },
            new SqlSize<(int Length, bool IsFound)>(static one => one.Length, characters),
            conversationId, take);
        return (read.Rows.Exists(static one => one.IsFound), read.Rows.Count, read.Rows.Sum(static one => (long)one.Length));
    }

    /// <summary>Creates the query for the next conversations with a good or bad rating.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="isGood">True for good ratings; false for bad ones.</param>
    /// <param name="addPeriod">Adds the conditions on the time of the conversations, which is the given column.</param>
    /// <param name="descending">Whether the newest conversation comes first.</param>
    /// <param name="behind">The conversation after which they begin; null for the first ones.</param>
    /// <param name="take">The maximum number.</param>
    public static SqlQuery Rated(
        string accountId, bool isGood, Action<SqlQuery, string> addPeriod, bool descending, ConversationPlace? behind, int take)
    {
        var query = new SqlQuery().AddSql("SELECT \"ConversationAt\", \"ConversationId\" FROM \"Ratings\"").Add($" WHERE \"AccountId\" = {accountId}");
        // The conditions of the partial indexes, word for word.
        query.AddSql(isGood ? " AND \"Value\" > 0" : " AND \"Value\" < 0");
        addPeriod(query, "\"ConversationAt\"");
        if (behind is { } place)
            query.AddSql($" AND (\"ConversationAt\", \"ConversationId\") {(descending ? '<' : '>')} (").Add($"{place.At}, {place.Id})");
        var order = descending ? " DESC" : "";
        return query.AddSql($" GROUP BY \"ConversationAt\", \"ConversationId\" ORDER BY \"ConversationAt\"{order}, \"ConversationId\"{order}").Add($" LIMIT {take}");
    }

    /// <summary>Reads the places of such a query.</summary>
    public static ConversationPlace ReadPlace(SqlRow row) => new(row.GetInt64(0), row.GetString(1));
}
