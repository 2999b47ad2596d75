using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Usage;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>The lists of events and of usage: each filter is answered by indexes, and reads few of the many rows of its account.</summary>
public sealed class ListPlanTests : StoreTests
{
    private const string Account = "account";

    /// <summary>Enough rows for PostgreSQL to prefer an index to reading the whole table.</summary>
    private const int Count = 20_000;

    /// <summary>The most rows that one query may read. A span of the log has about this number of the rows below.</summary>
    private const int MostRead = 500;

    private const int Take = 100;

    [Theory]
    [InlineData("", "", "", false)]
    [InlineData("rare", "", "", false)]
    [InlineData("often", "", "", false)]
    [InlineData("none", "", "", false)]
    [InlineData("", "conversation", "c7", false)]
    [InlineData("", "contact", "k7", false)]
    [InlineData("", "bot", "b7", false)]
    [InlineData("", "task", "t7", false)]
    [InlineData("", "dataset", "d7", false)]
    [InlineData("", "bot", "none", false)]
    [InlineData("often", "bot", "b7", true)]
    [InlineData("", "", "", true)]
    public async Task Events_WithAnyFilter_AreReadByIndexes(string type, string field, string id, bool withMeta)
    {
        await AddEventsAsync();
        var filter = new EventFilter
        {
            Types = type.Length == 0 ? [] : [type],
            Resources = field.Length == 0 ? [] : [($"{field}Id", [id])],
            Meta = withMeta ? [new("even", "true")] : [],
        };

        foreach (var descending in new[] { true, false })
        {
            foreach (long? cursor in new long?[] { null, NumberOf(Count / 2) })
            {
                await AssertByIndexesAsync(async db => await db.ListEventsAsync(Account, filter, cursor, descending, Take));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("conversationId=c7")]
    [InlineData("contactId=k7")]
    [InlineData("botId=b7")]
    [InlineData("taskId=t7")]
    [InlineData("meta.model=m7")]
    [InlineData("meta.model=none")]
    [InlineData("contactId=none")]
    public async Task Usage_WithAnyFilter_IsReadByIndexes(string query)
    {
        await AddUsageAsync();
        var list = new ListQuery(new DefaultHttpContext { Request = { QueryString = new QueryString($"?{query}") } });
        var caller = new Caller { AccountId = Account, ScopeId = Account };

        foreach (var descending in new[] { true, false })
        {
            foreach (var cursor in new[] { null, $"u{Count / 2:000000}" })
            {
                await AssertByIndexesAsync(
                    async db => await UsageRecordReading.ReadPieceAsync(db, list, new ListPage(cursor, descending, Take), caller));
            }
        }
    }

    private async Task AssertByIndexesAsync(Func<ISqlSession, Task> list)
    {
        var plans = await Store.QueryAsync(
            async db =>
            {
                var reading = new PlanReadingSession(db);
                await list(reading);
                return reading.Plans;
            },
            Cancellation);
        Assert.NotEmpty(plans);
        Assert.All(plans, plan => Assert.True(plan.IsByIndexes, plan.ToString()));
        Assert.All(plans, plan => Assert.True(plan.RowsRead <= MostRead, plan.ToString()));
    }

    /// <summary>An event every 20 ms: 200 of them share a span. Each resource has every thousandth.</summary>
    private async Task AddEventsAsync()
    {
        await ExecuteAsync("""
            INSERT INTO "Events" ("AccountId", "Number", "Type", "ConversationId", "ContactId", "BotId", "TaskId", "Links", "Meta")
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)
            SELECT $1, (1700000000000 + i * 20) * 2097152, CASE WHEN i % 5000 = 0 THEN 'rare' ELSE 'often' END,
                'c' || (i % 1000), 'k' || (i % 1000), 'b' || (i % 1000), 't' || (i % 1000), '{"datasetId":"d' || (i % 1000) || '"}',
                CASE WHEN i % 1000 = 7 THEN '{"even":true}' END
            FROM n
            """, Account, Count);
        foreach (var target in (string[])[.. "Type ConversationId ContactId BotId TaskId".Split(' ').Select(column => $"\"{column}\""), """ 'd' || substr("ConversationId", 2) """, "'{meta}'"])
        {
            await ExecuteAsync($"""
                INSERT INTO "EventSpans" ("AccountId", "Target", "Span")
                SELECT DISTINCT "AccountId", {target}, "Number" / 8589934592 FROM "Events" WHERE {(target == "'{meta}'" ? "\"Meta\" IS NOT NULL" : "TRUE")}
                """);
        }

        await AnalyzeAsync("Events", "EventSpans");
    }

    private async Task AddUsageAsync()
    {
        await ExecuteAsync("""
            INSERT INTO "UsageRecords" (
                "Id", "AccountId", "ConversationId", "BotId", "ContactId", "TaskId", "Model", "InputTokens", "OutputTokens", "Messages", "CreatedAt")
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)
            SELECT 'u' || substr('000000' || i, length('000000' || i) - 5), $1, 'c' || (i % 1000), 'b' || (i % 1000), 'k' || (i % 1000), 't' || (i % 1000), 'm' || (i % 1000),
                1, 1, 1, 1700000000000 + i
            FROM n
            """, Account, Count);
        await Store.InsertAsync(AccountTable.Rows, new AccountRow { Id = Account, CreatedAt = 1 });
        foreach (var kind in new[] { "bot", "task" })
        {
            await ExecuteAsync(
                """INSERT INTO "Resources" ("Id", "Kind", "AccountId", "CreatedAt", "UpdatedAt", "Data", "Version") VALUES ($1, $2, $3, 1, 1, '{}', 1)""",
                $"{kind[0]}7", kind, Account);
        }

        await AnalyzeAsync("UsageRecords");
    }

    private static long NumberOf(int index) => EventNumbers.FirstAt(1_700_000_000_000 + (index * 20));

    private async Task AnalyzeAsync(params string[] tables)
    {
        foreach (var table in tables)
            await ExecuteAsync($"ANALYZE \"{table}\"");
    }

    private async Task ExecuteAsync(string sql, params SqlValue[] values) =>
        await Store.ChangeAsync(db => db.ExecuteAsync(sql, values), Cancellation);
}
