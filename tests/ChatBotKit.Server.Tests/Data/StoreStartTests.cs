using System.Runtime.Versioning;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.Schema;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Tests.Data;

public sealed class StoreStartTests : StoreTests
{
    public override ValueTask InitializeAsync()
    {
        OnFiles();
        return base.InitializeAsync();
    }

    private string SnapshotDirectory => Path.Combine(DataDirectory, "snapshots");

    [Fact]
    public async Task Open_SecondTime_NeitherMigratesNorTakesASnapshot()
    {
        await AddConversationAsync();

        await ReopenAsync();

        Assert.NotNull(await Store.LoadConversationAsync("c1", 1, Cancellation));
        Assert.False(Directory.Exists(SnapshotDirectory));
    }

    [Fact]
    public async Task Open_DirectoryThatAnotherServerHolds_IsRefused()
    {
        var exception = await Assert.ThrowsAsync<StartupException>(() => OpenAsync(DataDirectory));

        Assert.Contains("Another server is running", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DatabaseOfANewerProgram_IsRefusedAndLeftAlone()
    {
        await CloseAsync();
        Execute("""INSERT INTO "Schema" VALUES (9999, '9999_from_the_future', '', 1, 9999)""");

        var exception = await Assert.ThrowsAsync<StartupException>(ReopenAsync);

        Assert.Contains("9999_from_the_future", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(SnapshotDirectory));
    }

    [Fact]
    public async Task Open_DatabaseOfANewerProgramThatThisOneMayUse_IsUsed()
    {
        await CloseAsync();
        Execute($"""INSERT INTO "Schema" VALUES (9999, '9999_from_the_future', '', 1, {SchemaScript.Sqlite[^1].Number})""");

        await ReopenAsync();

        await AddConversationAsync();
    }

    [Fact]
    public async Task Open_DatabaseWithAScriptThatWasChangedSince_IsRefused()
    {
        await CloseAsync();
        Execute("""UPDATE "Schema" SET "Sha256" = 'other' WHERE "Number" = 2""");

        var exception = await Assert.ThrowsAsync<StartupException>(ReopenAsync);

        Assert.Contains(SchemaScript.Sqlite[1].Name, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DatabaseOfAnUnknownEarlierRelease_IsRefused()
    {
        await CloseAsync();
        BecomeAnOldDatabase();
        Execute("""CREATE TABLE "__EFMigrationsHistory" ("MigrationId" TEXT PRIMARY KEY, "ProductVersion" TEXT)""");
        Execute("""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_FromTheFuture', '99.0.0')""");

        var exception = await Assert.ThrowsAsync<StartupException>(ReopenAsync);

        Assert.Contains("29990101000000_FromTheFuture", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_DatabaseLostFromAUsedDirectory_IsRefusedAndNotMadeAnew(bool emptied)
    {
        await CloseAsync();
        File.Delete(DatabasePath);
        if (emptied)
            await File.WriteAllBytesAsync(DatabasePath, [], Cancellation);

        var exception = await Assert.ThrowsAsync<StartupException>(ReopenAsync);

        Assert.Contains("missing or empty", exception.Message, StringComparison.Ordinal);
        Assert.Equal(emptied, File.Exists(DatabasePath));
    }

    [Fact]
    public async Task Open_DatabaseWithoutTheLogThatHeldItsContent_IsRefused()
    {
        await CloseAsync();
        File.Delete(DatabasePath);
        Execute("CREATE TABLE a (b); DROP TABLE a;");

        var exception = await Assert.ThrowsAsync<StartupException>(ReopenAsync);

        Assert.Contains("-wal", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DirectoryWhoseFirstStartWasCutShort_StartsAnew()
    {
        await CloseAsync();
        File.Delete(Path.Combine(DataDirectory, "initialized"));
        await File.WriteAllBytesAsync(DatabasePath, [], Cancellation);

        await ReopenAsync();

        await AddConversationAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    public async Task Open_DamagedDatabase_IsRefused(int keptBytes)
    {
        await CloseAsync();
        var bytes = await File.ReadAllBytesAsync(DatabasePath, Cancellation);
        bytes = keptBytes > 0 ? bytes[..keptBytes] : [.. "this is no database"u8, .. bytes];
        await File.WriteAllBytesAsync(DatabasePath, bytes, Cancellation);

        var exception = await Assert.ThrowsAsync<StartupException>(ReopenAsync);

        Assert.Contains("can't be opened", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_PathThatCannotBeADirectory_IsRefused()
    {
        var file = Path.Combine(DataDirectory, "file");
        await File.WriteAllTextAsync(file, "", Cancellation);

        var exception = await Assert.ThrowsAsync<StartupException>(() => OpenAsync(Path.Combine(file, "data")));

        Assert.Contains("can't be written", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DatabaseBeforeAllMigrations_IsMigratedWithASnapshotOfItsStateBefore()
    {
        await CloseAsync();
        BecomeAnOldDatabase();

        await ReopenAsync();

        await AddConversationAsync();
        var snapshot = Assert.Single(Directory.GetFiles(SnapshotDirectory));
        Assert.StartsWith($"before-{SchemaScript.Sqlite[0].Name}-", Path.GetFileName(snapshot), StringComparison.Ordinal);
        Assert.Equal("kept", Query(snapshot, """SELECT "Note" FROM "OldTable" """));
    }

    [Fact]
    public async Task Open_MigrationThatFails_IsUndoneAndPointsToTheSnapshot()
    {
        await CloseAsync();
        BecomeAnOldDatabase();
        // This table makes the migration fail after it has created several others.
        Execute("""CREATE TABLE "Sessions" ("Id" TEXT)""");

        var exception = await Assert.ThrowsAsync<StartupException>(ReopenAsync);

        Assert.Contains(SnapshotDirectory, exception.Message, StringComparison.Ordinal);
        Assert.Equal(0L, Query(DatabasePath, "SELECT count(*) FROM sqlite_master WHERE name = 'Conversations'"));
        Execute("""DROP TABLE "Sessions" """);
        await ReopenAsync();
        await AddConversationAsync();
    }

    [Fact]
    public async Task Open_MigrationThatWasKilled_RunsAgain()
    {
        await CloseAsync();
        BecomeAnOldDatabase();
        // Releases before the numbered scripts held this row during a migration, and left it when the process was killed.
        Execute("""CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
        Execute("""INSERT INTO "__EFMigrationsLock" VALUES (1, '2020-01-01')""");

        await ReopenAsync();

        await AddConversationAsync();
    }

    [Fact]
    public async Task Open_MigratedManyTimes_KeepsTheLastThreeSnapshots()
    {
        for (var time = 0; time < 5; time++)
        {
            await CloseAsync();
            BecomeAnOldDatabase();
            await ReopenAsync();
        }

        Assert.Equal(3, Directory.GetFiles(SnapshotDirectory).Length);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Open_OnUnix_GivesAccessToTheOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var directory = Path.Combine(DataDirectory, "new");

        await using var store = await OpenAsync(directory);
        await store.CommitAsync(new() { Conversation = Rows.Conversation() });

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        Assert.All(Directory.GetFiles(directory), file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.True(File.Exists(Path.Combine(directory, "chatbotkit.db-wal")));
    }

    private void BecomeAnOldDatabase()
    {
        File.Delete(DatabasePath);
        Execute("""CREATE TABLE "OldTable" ("Note" TEXT)""");
        Execute("""INSERT INTO "OldTable" VALUES ('kept')""");
    }

    private void Execute(string sql) => Query(DatabasePath, sql);

    private static object? Query(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
