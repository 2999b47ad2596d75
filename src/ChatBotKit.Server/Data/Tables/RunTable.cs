using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of runs.</summary>
internal static class RunTable
{
    /// <summary>
    /// Ends a run; its parameters are the id, the reason and the time. Only the first end counts: a second one would set the kind
    /// to NULL, which the column refuses. That error undoes everything that is stored with the second end, so no second end is ever
    /// reported.
    /// </summary>
    public const string End = """
        UPDATE "Runs" SET "Kind" = CASE WHEN "EndedAt" IS NULL THEN "Kind" END, "EndedAt" = $3, "EndReason" = $2,
            "QuestionText" = NULL, "QuestionEntities" = NULL
        WHERE "Id" = $1
        """;

    /// <summary>The runs that have not ended, in the order of their start.</summary>
    public const string Open = """WHERE "EndedAt" IS NULL ORDER BY "StartedAt", "Id" """;

    /// <summary>
    /// Deletes the logs of one batch of runs that ended before a time. The log of a run has the id of the run, so the log of a channel
    /// that a run wrote to is kept. Values: time, limit.
    /// </summary>
    public const string DeleteEndedLogs = $"""DELETE FROM "LogBatches" WHERE "LogId" IN ({Ended})""";

    /// <summary>Deletes the same batch of runs. Values: time, limit.</summary>
    public const string DeleteEnded = $"""DELETE FROM "Runs" WHERE "Id" IN ({Ended})""";

    private const string Ended = """SELECT "Id" FROM "Runs" WHERE "EndedAt" < $1 ORDER BY "EndedAt", "Id" LIMIT $2""";

    private const string LastEvent = """
        (SELECT batch."Last" FROM "LogBatches" AS batch WHERE batch."LogId" = run."Id" AND run."LogId" = run."Id"
            ORDER BY batch."First" DESC LIMIT 1)
        """;

    public static SqlTable<RunRow> Rows { get; } = new(
        "Runs",
        [
            "Id", "AccountId", "ConversationId", "SessionId", "LogId", "Kind", "StartedAt", "QuestionId",
            "QuestionText", "QuestionEntities", "EndedAt", "EndReason", "Owner",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            AccountId = row.GetString(1),
            ConversationId = row.GetStringOrNull(2),
            SessionId = row.GetStringOrNull(3),
            LogId = row.GetString(4),
            Kind = row.GetString(5),
            StartedAt = row.GetInt64(6),
            QuestionId = row.GetStringOrNull(7),
            QuestionText = row.GetStringOrNull(8),
            QuestionEntities = row.GetStringOrNull(9),
            EndedAt = row.GetInt64OrNull(10),
            EndReason = row.GetStringOrNull(11),
            Owner = row.GetStringOrNull(12),
        },
        static (row, to) => to.Fill(
            row.Id, row.AccountId, row.ConversationId, row.SessionId, row.LogId, row.Kind, row.StartedAt,
            row.QuestionId, row.QuestionText, row.QuestionEntities, row.EndedAt, row.EndReason,
            row.Owner));

    /// <summary>
    /// Lists runs of a conversation, each with the number of the last event in its own log; null when it writes to the log of a
    /// channel.
    /// </summary>
    /// <param name="db">The connection.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="isEnded">Whether to list only ended runs or only active ones; null for all.</param>
    /// <param name="cursor">
    /// The id of the run after which the page begins; null for the first page. The page after an unknown run is empty.
    /// </param>
    /// <param name="descending">Whether the run that started last comes first.</param>
    /// <param name="take">The maximum number of runs.</param>
    public static async ValueTask<List<(RunRow Run, long? LastEventId)>> ListRunsAsync(
        this ISqlSession db, string conversationId, bool? isEnded, string? cursor, bool descending, int take)
    {
        var query = new SqlQuery().AddSql($"SELECT {Rows.Columns}, {LastEvent} FROM \"Runs\" AS run")
            .Add($" WHERE \"ConversationId\" = {conversationId}")
            .AddSql(isEnded switch { true => " AND \"EndedAt\" IS NOT NULL", false => " AND \"EndedAt\" IS NULL", null => "" });
        if (cursor is not null)
        {
            var at = await db.FirstAsync(
                """SELECT "StartedAt" FROM "Runs" WHERE "ConversationId" = $1 AND "Id" = $2""",
                static row => (long?)row.GetInt64(0), conversationId, cursor);
            if (at is null)
                return [];
            query.AddSql(descending ? " AND (\"StartedAt\", \"Id\") < (" : " AND (\"StartedAt\", \"Id\") > (").Add($"{at}, {cursor})");
        }

        query.AddSql(descending ? " ORDER BY \"StartedAt\" DESC, \"Id\" DESC" : " ORDER BY \"StartedAt\", \"Id\"").Add($" LIMIT {take}");
        return await db.ListAsync(query, static row => (Rows.Read(row), row.GetInt64OrNull(Rows.ColumnCount)));
    }
}
