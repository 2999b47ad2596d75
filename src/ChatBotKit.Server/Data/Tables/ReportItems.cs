namespace ChatBotKit.Server.Data;

/// <summary>The single items that reports name.</summary>
internal static class ReportItems
{
    /// <summary>Counts the records of those of the datasets that belong to the account or to one of its users.</summary>
    public static ValueTask<List<(string DatasetId, long Records)>> CountRecordsAsync(
        this ISqlSession db, string accountId, IReadOnlyList<string> datasetIds) => db.ListAsync(
        new SqlQuery().AddSql("""
            SELECT dataset."Id", (
                SELECT CAST(count(*) AS bigint) FROM "Records" AS record WHERE record."DatasetId" = dataset."Id" AND record."Text" IS NOT NULL)
            FROM "Resources" AS dataset JOIN "Accounts" AS account ON account."Id" = dataset."AccountId"
            """).Add($" WHERE dataset.\"Kind\" = 'dataset' AND (account.\"Id\" = {accountId} OR account.\"ParentId\" = {accountId})")
            .AddIn("dataset.\"Id\"", datasetIds).AddSql(" ORDER BY dataset.\"Id\""),
        static row => (row.GetString(0), row.GetInt64(1)));

    /// <summary>Adds up the usage of those of the conversations that belong to the account.</summary>
    public static async ValueTask<List<(string Id, long Tokens, long Messages)>> SumConversationsAsync(
        this ISqlSession db, string accountId, IReadOnlyList<string> conversationIds, DayRange days)
    {
        var tokens = await db.ListAsync(
            new SqlQuery().Add($"""
                SELECT conversation."Id", (
                    SELECT CAST(coalesce(sum(usage."InputTokens" + usage."OutputTokens"), 0) AS bigint) FROM "UsageRecords" AS usage
                    WHERE usage."ConversationId" = conversation."Id" AND usage."CreatedAt" >= {days.First * ConversationDayTable.Milliseconds})
                FROM "Conversations" AS conversation WHERE conversation."AccountId" = {accountId}
                """).AddIn("conversation.\"Id\"", conversationIds),
            static row => (Id: row.GetString(0), Tokens: row.GetInt64(1)));
        if (tokens.Count == 0)
            return [];
        var messages = (await db.ListAsync(
            new SqlQuery().Add($"""
                SELECT "ConversationId", CAST(sum("UserMessages" + "BotMessages") AS bigint) FROM "ConversationDays"
                WHERE "AccountId" = {accountId} AND "Day" BETWEEN {days.First} AND {days.Last}
                """).AddIn("\"ConversationId\"", conversationIds).AddSql(" GROUP BY \"ConversationId\""),
            static row => (row.GetString(0), row.GetInt64(1)))).ToDictionary();
        return tokens.ConvertAll(one => (one.Id, one.Tokens, messages.GetValueOrDefault(one.Id)));
    }

    /// <summary>Lists the newest negative ratings of the conversations with a bot, each with the name of its contact.</summary>
    public static ValueTask<List<(Rows.RatingRow Rating, string? Contact)>> ListComplaintsAsync(
        this ISqlSession db, string accountId, string botId, DayRange days, int take) => db.ListAsync(
        $"""
        SELECT {string.Join(", ", RatingColumns.Select(column => $"rating.\"{column}\""))}, contact."Data"
        FROM "Ratings" AS rating JOIN "Conversations" AS conversation ON conversation."Id" = rating."ConversationId"
            LEFT JOIN "Resources" AS contact ON contact."Id" = rating."ContactId"
        WHERE rating."AccountId" = $1 AND rating."CreatedAt" >= $2 * 86400000 AND rating."Value" < 0 AND conversation."BotId" = $3
        ORDER BY rating."CreatedAt" DESC, rating."Id" DESC LIMIT $4
        """,
        static row => (RatingTable.Rows.Read(row), row.GetStringOrNull(RatingTable.Rows.ColumnCount)), accountId, days.First, botId, take);

    /// <summary>Lists the resources with these ids.</summary>
    public static ValueTask<List<ResourceRow>> ListResourcesAsync(this ISqlSession db, string accountId, IReadOnlyList<string> ids) =>
        ids.Count == 0 ? new([]) : db.ListAsync(
            new SqlQuery().AddSql(ResourceTable.Rows.Select("WHERE TRUE")).Add($" AND \"AccountId\" = {accountId}").AddIn("\"Id\"", ids),
            ResourceTable.Rows.Read);

    /// <summary>Lists the newest resources of a kind.</summary>
    public static ValueTask<List<ResourceRow>> ListNewestAsync(this ISqlSession db, string accountId, string kind, int take) => db.ListAsync(
        ResourceTable.Rows, """WHERE "AccountId" = $1 AND "Kind" = $2 ORDER BY "CreatedAt" DESC, "Id" DESC LIMIT $3""", accountId, kind, take);

    private static readonly string[] RatingColumns = ["Id", "AccountId", "ConversationId", "MessageId", "ContactId", "Value", "Reason", "CreatedAt"];
}
