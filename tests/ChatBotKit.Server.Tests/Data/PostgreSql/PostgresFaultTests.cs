using System.Collections.Concurrent;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.TestModels;
using Npgsql;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>An acknowledged write is stored exactly once, even when connections are lost or the database is killed.</summary>
public sealed class PostgresFaultTests : PostgresTests
{
    private const string EndBackends = """
        SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        """;

    private const string CountWaiting = """
        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
        """;

    private const string LoseConnectionAtCommit = """
        CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(9); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER lose AFTER UPDATE ON "Conversations" DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION lose();
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Change_WhoseConnectionIsLostAtItsCommit_IsNotAcknowledged(bool returnsRows)
    {
        const string Update = """UPDATE "Conversations" SET "Name" = 'changed' WHERE "Id" = 'c1' RETURNING "Id" """;
        await using var store = await OpenAsync(NewDirectory());
        await store.CommitAsync(new WriteSet { Conversation = Rows.Conversation("c1") });
        await RunAsync(LoseConnectionAtCommit);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ChangeAsync(
            async db => returnsRows ? (await db.ListAsync(Update, static row => row.GetString(0))).Count : await db.ExecuteAsync(Update),
            Cancellation));

        Assert.Equal("name", (await store.FindConversationAsync("c1", Cancellation))!.Name);
    }

    /// <summary>Both writers have seen the same last number, so the primary key has to refuse the second one.</summary>
    [Fact]
    public async Task Commit_OfANumberThatAnotherTransactionStores_IsStale()
    {
        await using var store = await OpenAsync(NewDirectory());
        await using var other = new NpgsqlConnection($"{Database};Pooling=false");
        await other.OpenAsync(Cancellation);
        await using var transaction = await other.BeginTransactionAsync(Cancellation);
        await using var insert = new NpgsqlCommand("""INSERT INTO "LogBatches" VALUES ('l1', 1, 1, '', 1)""", other);
        await insert.ExecuteNonQueryAsync(Cancellation);

        var commit = store.CommitAsync(new WriteSet { Log = [Rows.Log(1, 1)] });
        for (var tries = 0; tries < 1000 && await RunAsync(CountWaiting) is 0L; tries++)
            await Task.Yield();
        await transaction.CommitAsync(Cancellation);

        await Assert.ThrowsAsync<StaleWriteException>(() => commit);
    }

    [Fact]
    public async Task Commit_RefusedBecauseOfAnotherSetOfItsGroup_FailsAfterThatSetIsStored()
    {
        await using var store = await OpenAsync(NewDirectory());
        await using var other = new NpgsqlConnection($"{Database};Pooling=false");
        await other.OpenAsync(Cancellation);
        await using var transaction = await other.BeginTransactionAsync(Cancellation);
        await using var command = new NpgsqlCommand("""LOCK TABLE "LogBatches" IN EXCLUSIVE MODE""", other);
        await command.ExecuteNonQueryAsync(Cancellation);
        var first = store.CommitAsync(new WriteSet { Log = [Rows.Log(1, 1)] });
        for (var tries = 0; tries < 1000 && await RunAsync(CountWaiting) is 0L; tries++)
            await Task.Yield();

        var winner = store.CommitAsync(new WriteSet { Log = [Rows.Log(2, 2)] });
        var loser = store.CommitAsync(new WriteSet { Log = [Rows.Log(2, 2)] });
        await transaction.CommitAsync(Cancellation);

        await Assert.ThrowsAsync<StaleWriteException>(() => loser);
        Assert.Equal(2, await store.LastLogNumberAsync("l1", Cancellation));
        await Task.WhenAll(first, winner);
    }

    [Fact]
    public async Task Commit_WhileConnectionsAreEnded_StoresWhatItAcknowledges()
    {
        await using var store = await OpenAsync(NewDirectory());
        var acknowledged = new ConcurrentBag<string>();
        using var ending = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(() => WriteAsync(store, $"w{writer}", acknowledged, ending.Token), Cancellation)).ToList();

        for (var round = 0; round < 25; round++)
            await RunAsync(EndBackends);
        await ending.CancelAsync();
        await Task.WhenAll(writers);

        Assert.NotEmpty(acknowledged);
        await AssertStoredAsync(store, acknowledged);
    }

    [Fact]
    public async Task Change_WhileConnectionsAreEnded_HappensOnce()
    {
        await using var store = await OpenAsync(NewDirectory());
        await store.CommitAsync(new WriteSet { Conversation = Rows.Conversation("c1") });
        using var ending = new CancellationTokenSource();
        var counting = Task.Run(
            async () =>
            {
                var (done, refused) = (0L, 0L);
                while (!ending.IsCancellationRequested)
                {
                    try
                    {
                        await store.ChangeAsync(
                            db => db.ExecuteAsync("""UPDATE "Conversations" SET "UpdatedAt" = "UpdatedAt" + 1 WHERE "Id" = 'c1' """), Cancellation);
                        done++;
                    }
                    catch (StoreUnavailableException)
                    {
                        refused++;
                    }
                }

                return (done, refused);
            },
            Cancellation);

        for (var round = 0; round < 25; round++)
            await RunAsync(EndBackends);
        await ending.CancelAsync();
        var (done, refused) = await counting;

        var stored = (await store.FindConversationAsync("c1", Cancellation))!.UpdatedAt - Rows.Conversation("c1").UpdatedAt;
        Assert.InRange(stored, done, done + refused);
    }

    [Fact]
    public async Task Server_ThatIsKilledAndStartsAgain_KeepsWhatWasAcknowledged()
    {
        var server = await PostgresServer.StartAsync(isDurable: true);
        try
        {
            var store = await OpenAsync(NewDirectory(), server.ConnectionString("postgres"));
            await using var closing = store;
            var acknowledged = new ConcurrentBag<string>();
            using var ending = new CancellationTokenSource();
            var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() => WriteAsync(store, $"w{writer}", acknowledged, ending.Token), Cancellation)).ToList();
            while (acknowledged.Count < 50)
                await Task.Yield();

            await server.KillAsync();
            // Processes that serve connections go on for a moment.
            while (await IsReadyAsync(store))
                await Task.Yield();
            var before = acknowledged.Count;
            await server.StartAgainAsync();
            while (acknowledged.Count < before + 50)
                await Task.Yield();
            await ending.CancelAsync();
            await Task.WhenAll(writers);

            await store.CheckAsync(Cancellation);
            await AssertStoredAsync(store, acknowledged);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Audit_OfLanesAndChanges_IsOneChain()
    {
        await using var store = await OpenAsync(NewDirectory());

        await Task.WhenAll(Enumerable.Range(0, 60).Select(number => number % 3 == 0
            ? store.ChangeAsync(
                async db =>
                {
                    await db.AuditAsync(Record($"a{number}"));
                    return 0;
                },
                Cancellation)
            : store.CommitAsync(new WriteSet { Audit = [Record($"a{number}"), Record($"b{number}")] })));

        var chain = await store.QueryAsync(db => db.ListAsync(AuditTable.Rows, "ORDER BY \"Number\""), Cancellation);
        Assert.Equal(Enumerable.Range(1, 100).Select(number => (long)number), chain.Select(record => record.Number));
        Assert.All(chain, record => Assert.Equal(record.ComputeHash(), record.Hash));
        Assert.Equal([new byte[32], .. chain.SkipLast(1).Select(record => record.Hash)], chain.Select(record => record.PreviousHash));
    }

    private static async Task<bool> IsReadyAsync(PostgresStore store)
    {
        try
        {
            await store.CheckAsync(Cancellation);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private static AuditRow Record(string id) => new()
    {
        AccountId = "account",
        Id = id,
        Type = "mint",
        ActorKind = "apiToken",
        ActorId = "t\0\uD800",
        CreatedAt = 5,
        Origin = "https://a.example",
    };

    /// <summary>Writes lines until the token is cancelled. After a failure the next number is read from the store.</summary>
    private static async Task WriteAsync(PostgresStore store, string log, ConcurrentBag<string> acknowledged, CancellationToken ending)
    {
        for (var number = 1L; !ending.IsCancellationRequested;)
        {
            try
            {
                await store.CommitAsync(new WriteSet { Log = [Rows.Log(number, number, log)] });
                acknowledged.Add($"{log} {number}");
                number++;
            }
            catch (Exception exception) when (exception is StoreUnavailableException or StaleWriteException)
            {
                number = await NextAsync(store, log, ending) ?? number;
            }
        }
    }

    private static async Task<long?> NextAsync(PostgresStore store, string log, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                return await store.LastLogNumberAsync(log, CancellationToken.None) + 1;
            }
            catch (StoreUnavailableException)
            {
                await Task.Yield();
            }
        }

        return null;
    }

    private static async Task AssertStoredAsync(PostgresStore store, IEnumerable<string> acknowledged)
    {
        var stored = await store.QueryAsync(
            db => db.ListAsync("""SELECT "LogId" || ' ' || "First" FROM "LogBatches" """, static row => row.GetString(0)), Cancellation);
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Assert.Empty(acknowledged.Except(stored));
    }
}
