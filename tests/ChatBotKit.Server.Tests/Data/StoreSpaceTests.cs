using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Tests.Data;

public sealed class StoreSpaceTests : StoreTests
{
    public override ValueTask InitializeAsync()
    {
        OnFiles();
        return base.InitializeAsync();
    }

    private static readonly string Long = new('x', 50_000);

    [Fact]
    public async Task ReleaseSpace_AfterMuchWasDeleted_GivesItBackToTheDisk()
    {
        await FillAsync();
        var filled = SqliteSpace.SizeOf(DatabasePath);
        await EmptyAsync();
        var full = SqliteSpace.SizeOf(DatabasePath);

        await Store.ReleaseSpaceAsync(Cancellation);

        var released = SqliteSpace.SizeOf(DatabasePath);
        Assert.True(full > 20_000_000, $"it was {full}");
        Assert.InRange(released, 0, 3_000_000);
        await CloseAsync();
        Assert.Equal("ok", Scalar("PRAGMA integrity_check"));
        TestContext.Current.TestOutputHelper!.WriteLine($"{filled} bytes full, {full} after the deletion, {released} when the room was released");
    }

    [Fact]
    public async Task ReleaseSpace_OfLittle_LeavesItForNewRows()
    {
        await Store.CommitAsync(new WriteSet { Conversation = Rows.Conversation("c1") });
        await Store.ExecuteAsync("""DELETE FROM "Conversations" """);
        await Store.ReleaseSpaceAsync(Cancellation);
        var transactions = Store.Transactions;

        await Store.ReleaseSpaceAsync(Cancellation);

        // Only the query for free pages has run.
        Assert.Equal(transactions + 1, Store.Transactions);
    }

    [Fact]
    public async Task ReleaseSpace_WhileNobodyWrites_CutsTheLog()
    {
        await FillAsync();
        await Store.ReleaseSpaceAsync(Cancellation);
        var busy = LogLength();

        await Store.ReleaseSpaceAsync(Cancellation);

        Assert.True(busy > 1_000_000, $"it was {busy}");
        Assert.Equal(0, LogLength());
    }

    [Fact]
    public async Task ReleaseSpace_WhileSomebodyReadsAnOldState_GivesUpWithoutHarm()
    {
        await FillAsync();
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT count(*) FROM Conversations";
        command.ExecuteScalar();
        await EmptyAsync();

        await Store.ReleaseSpaceAsync(Cancellation);

        transaction.Rollback();
        await Store.ReleaseSpaceAsync(Cancellation);
        await Store.ReleaseSpaceAsync(Cancellation);
        Assert.InRange(SqliteSpace.SizeOf(DatabasePath), 0, 3_000_000);
    }

    [Fact]
    public async Task ReleaseSpace_OfAnOlderDatabase_DoesNothingToItsPages()
    {
        await CloseAsync();
        Scalar("PRAGMA journal_mode = DELETE; PRAGMA auto_vacuum = NONE; VACUUM");
        await ReopenAsync();
        await FillAsync();
        await EmptyAsync();

        await Store.ReleaseSpaceAsync(Cancellation);

        await CloseAsync();
        Assert.True(new FileInfo(DatabasePath).Length > 20_000_000);
    }

    private async Task FillAsync()
    {
        for (var number = 0; number < 400; number++)
        {
            await Store.CommitAsync(new WriteSet
            {
                Conversation = Rows.Conversation($"c{number}"),
                Log = [new LogAppend($"log{number}", 1, 1, System.Text.Encoding.ASCII.GetBytes(Long), 1)],
            });
        }
    }

    private Task<int> EmptyAsync() => Store.ChangeAsync(
        async db =>
        {
            await db.ExecuteAsync("""DELETE FROM "Conversations" """);
            return await db.ExecuteAsync("""DELETE FROM "LogBatches" """);
        },
        Cancellation);

    private long LogLength() => new FileInfo($"{DatabasePath}-wal").Length;

    private object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
