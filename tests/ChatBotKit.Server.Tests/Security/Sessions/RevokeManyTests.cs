using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Tests.Features;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>Sessions are revoked in batches of a thousand, between which other writes can run.</summary>
public sealed class RevokeManyTests
{
    private const int Count = 2500;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_AreRevokedWithARecordEachAndCounted()
    {
        await using var server = await FeatureServer.StartAsync();
        await AddSessionsAsync(server.Server, Count);

        var answer = await server.PostAsync("session/revoke", """{"reason":"leak"}""");

        Assert.Equal(Count, answer.GetProperty("revoked").GetInt32());
        Assert.Equal((Count, Count), await RevokedAsync(server.Server));
        Assert.True((await server.GetAsync("session/audit/verify")).GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task Failure_InBetween_LeavesWholeBatches()
    {
        await using var server = await FeatureServer.StartAsync();
        var ids = await AddSessionsAsync(server.Server, Count);
        ids.Sort(StringComparer.Ordinal);
        await server.Server.Store.ExecuteAsync(FailureOf(ids[1500]));

        await server.Owner.AssertRefusedAsync("500 INTERNAL_SERVER_ERROR", HttpMethod.Post, "session/revoke", "{}", key: "r1");
        var left = await RevokedAsync(server.Server);
        await server.Server.Store.ExecuteAsync($"DROP TRIGGER \"Full\"{(TestStore.IsPostgres ? " ON \"Sessions\"" : "")}");
        var rest = await server.Owner.ReadAsync(HttpMethod.Post, "session/revoke", "{}", key: "r1");
        var repeated = await server.Owner.ReadAsync(HttpMethod.Post, "session/revoke", "{}", key: "r1");

        Assert.Equal((1000, 1000), left);
        Assert.Equal((1500, 1500), (rest.GetProperty("revoked").GetInt32(), repeated.GetProperty("revoked").GetInt32()));
        Assert.Equal((Count, Count), await RevokedAsync(server.Server));
    }

    /// <summary>Returns the SQL after which a session can't be changed.</summary>
    private static string FailureOf(string id) => TestStore.IsPostgres
        ? $"""
            CREATE FUNCTION fail() RETURNS trigger AS 'BEGIN RAISE EXCEPTION ''no more''; END' LANGUAGE plpgsql;
            CREATE TRIGGER "Full" BEFORE UPDATE ON "Sessions" FOR EACH ROW WHEN (NEW."Id" = '{id}') EXECUTE FUNCTION fail()
            """
        : $"""
            CREATE TRIGGER "Full" BEFORE UPDATE ON "Sessions" WHEN NEW."Id" = '{id}'
            BEGIN SELECT RAISE(ABORT, 'no more'); END
            """;

    private static async Task<List<string>> AddSessionsAsync(ServerFactory server, int count)
    {
        var (account, conversation) = (await server.OwnerAccountIdAsync(), await server.AddConversationAsync());
        var now = TimeProvider.System.GetUtcNow();
        var rows = Enumerable.Range(0, count).Select(_ => new SessionRow
        {
            Id = Ids.New(),
            AccountId = account,
            ConversationId = conversation,
            CreatedAt = now.ToUnixTimeMilliseconds(),
            ExpiresAt = now.AddHours(1).ToUnixTimeMilliseconds(),
            DurationInSeconds = 3600,
        }).ToList();
        await server.Store.InsertAsync(SessionTable.Rows, rows);
        return rows.ConvertAll(row => row.Id);
    }

    /// <summary>Returns the numbers of revoked sessions and of their audit records.</summary>
    private static async Task<(int Sessions, int Records)> RevokedAsync(ServerFactory server) => (
        await server.Store.CountAsync(SessionTable.Rows, "WHERE \"RevokedAt\" IS NOT NULL"),
        await server.Store.CountAsync(AuditTable.Rows, "WHERE \"Type\" = 'revoke'"));
}
