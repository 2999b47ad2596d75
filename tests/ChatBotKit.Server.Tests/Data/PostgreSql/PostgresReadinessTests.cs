using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>The check of the store fails while the database can't be written, and succeeds again without a restart.</summary>
public sealed class PostgresReadinessTests : PostgresTests
{
    private const string EndOtherConnections = """
        SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        """;

    // As PostgreSQL reports a full disk when a table needs another page.
    private const string FillDisk = """
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN RAISE EXCEPTION ''could not extend file: No space left on device'' USING ERRCODE = ''53100''; END';
        CREATE TRIGGER full_disk BEFORE INSERT ON "LogBatches" FOR EACH ROW EXECUTE FUNCTION full_disk();
        """;

    private const string FreeDisk = """DROP TRIGGER full_disk ON "LogBatches" """;

    private const string DamagedIndex = """
        CREATE FUNCTION damaged() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN RAISE EXCEPTION ''index is not a btree'' USING ERRCODE = ''XX002''; END';
        CREATE TRIGGER damaged BEFORE INSERT ON "LogBatches" FOR EACH ROW EXECUTE FUNCTION damaged();
        """;

    // The lease can still be renewed, but it is over at once.
    private const string EndLease = """
        CREATE FUNCTION end_lease() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW."Until" := 0; RETURN NEW; END';
        CREATE TRIGGER end_lease BEFORE UPDATE ON "Leases" FOR EACH ROW WHEN (NEW."Holder" = OLD."Holder") EXECUTE FUNCTION end_lease();
        UPDATE "Leases" SET "Until" = 0;
        """;

    [Fact]
    public async Task Check_OfADatabaseThatCanBeWritten_StoresNothing()
    {
        await using var store = await OpenAsync(NewDirectory());
        await RunAsync(FillDisk);

        await store.CheckAsync(Cancellation);
    }

    [Fact]
    public async Task Check_OfAReadOnlyDatabase_FailsUntilItCanBeWritten()
    {
        await using var store = await OpenAsync(NewDirectory());
        await RunAsync($"""ALTER DATABASE "{NameOfDatabase}" SET default_transaction_read_only = on""");
        await RunAsync(EndOtherConnections);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(Cancellation));
        await TestStore.RunAsync(
            $"{Database};Options=-c default_transaction_read_only=off",
            $"""ALTER DATABASE "{NameOfDatabase}" RESET default_transaction_read_only""");

        await store.CheckAsync(Cancellation);
        await store.CommitAsync(new WriteSet { Conversation = Rows.Conversation() });
    }

    [Fact]
    public async Task Check_AfterAWriteFoundTheDiskFull_FailsUntilAWriteSucceeds()
    {
        await using var store = await OpenAsync(NewDirectory());
        await RunAsync(FillDisk);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(new WriteSet { Log = [Rows.Log(1, 1)] }));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(Cancellation));
        await RunAsync(FreeDisk);

        await store.CheckAsync(Cancellation);
        await store.CommitAsync(new WriteSet { Log = [Rows.Log(1, 1)] });
        Assert.Equal(1L, await RunAsync("""SELECT count(*) FROM "LogBatches" """));
    }

    [Fact]
    public async Task Check_AfterDamageWasFound_Fails()
    {
        await using var store = await OpenAsync(NewDirectory());
        await RunAsync(DamagedIndex);

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(new WriteSet { Log = [Rows.Log(1, 1)] }));
        await store.CommitAsync(new WriteSet { Conversation = Rows.Conversation() });

        Assert.True(refusal.IsDamage);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(Cancellation));
    }

    [Fact]
    public async Task Check_WhileTheDatabaseHangs_EndsInTime()
    {
        await using var store = await OpenAsync(NewDirectory());
        await RunAsync(FillDisk);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(new WriteSet { Log = [Rows.Log(1, 1)] }));
        var (held, release) = (NewSource(), NewSource());
        var change = store.ChangeAsync(
            async _ =>
            {
                held.SetResult();
                await release.Task;
                return 0;
            },
            Cancellation);
        await held.Task;

        var checks = Enumerable.Range(0, 50).Select(_ => store.CheckAsync(Cancellation)).ToList();

        foreach (var check in checks)
            Assert.Contains("in time", (await Assert.ThrowsAsync<StoreUnavailableException>(() => check)).Message, StringComparison.Ordinal);
        release.SetResult();
        await change;
    }

    /// <summary>A server that was stopped for longer than its lease finds another one on its database when it goes on.</summary>
    [Fact]
    public async Task Change_OfAServerWhoseDatabaseWasTaken_IsRefused()
    {
        await using var store = await OpenAsync(NewDirectory());
        await store.CommitAsync(new WriteSet { Conversation = Rows.Conversation() });
        var (held, release) = (NewSource(), NewSource());
        var change = store.ChangeAsync(
            async db =>
            {
                var changed = await RenameAsync(db);
                held.TrySetResult();
                await release.Task;
                return changed;
            },
            Cancellation);
        await held.Task;
        await RunAsync(EndLease);

        await using var other = await OpenAsync(NewDirectory());
        release.SetResult();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => change);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ChangeAsync(RenameAsync, Cancellation));
        Assert.Equal("name", (await other.FindConversationAsync("c1", Cancellation))!.Name);
        Assert.Equal(1, await other.ChangeAsync(RenameAsync, Cancellation));
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string NameOfDatabase => new Npgsql.NpgsqlConnectionStringBuilder(Database).Database!;

    private static ValueTask<int> RenameAsync(ISqlTransaction db) => db.ExecuteAsync("""UPDATE "Conversations" SET "Name" = 'changed' """);
}
