using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Schema;
using Npgsql;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>A start on a database that the server can't use is refused with advice.</summary>
public sealed class PostgresStartTests : PostgresTests
{
    [Fact]
    public async Task Open_EmptyDatabase_GetsItsTables()
    {
        var empty = await TestStore.CreateEmptyDatabaseAsync();

        await using (await OpenAsync(NewDirectory(), empty))
            Assert.Equal((long)SchemaScript.PostgreSql[^1].Number, await TestStore.RunAsync(empty, """SELECT max("Number") FROM "Schema" """));
    }

    [Fact]
    public async Task Open_DatabaseOfAnOlderProgram_IsMigrated()
    {
        await RunAsync("""DROP TABLE "DueWork"; DELETE FROM "Schema" WHERE "Number" = 11""");

        await using var store = await OpenAsync(NewDirectory());

        Assert.Equal(0L, await RunAsync("""SELECT count(*) FROM "DueWork" """));
    }

    [Fact]
    public async Task Open_DatabaseOfAnotherProgram_IsRefused()
    {
        var other = await TestStore.CreateEmptyDatabaseAsync();
        await TestStore.RunAsync(other, "CREATE TABLE invoices (id int)");

        var refusal = await Assert.ThrowsAsync<StartupException>(() => OpenAsync(NewDirectory(), other));

        Assert.Contains("belongs to another program. It contains invoices", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await TestStore.RunAsync(other, """SELECT to_regclass('"Accounts"')::text"""));
    }

    [Theory]
    [InlineData("""INSERT INTO "Schema" VALUES (99, '0099_later', '', 0, 99)""", "newer version")]
    [InlineData("""UPDATE "Schema" SET "Sha256" = 'other' WHERE "Number" = 10""", "'0010_baseline' that differs")]
    [InlineData("""ALTER TABLE "Schema" RENAME "Sha256" TO hash""", "has other columns")]
    public async Task Open_SchemaThatIsNotThisPrograms_IsRefused(string change, string reason)
    {
        await RunAsync(change);

        var refusal = await Assert.ThrowsAsync<StartupException>(() => OpenAsync(NewDirectory()));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NewerSchemaThatThisProgramMayUse_Opens()
    {
        await RunAsync("""INSERT INTO "Schema" VALUES (99, '0099_later', '', 0, 10)""");

        await using var store = await OpenAsync(NewDirectory());

        Assert.Null(await store.FindServerOwnerAsync(Cancellation));
    }

    [Theory]
    [InlineData("Database=nothing", "Create it")]
    [InlineData("Host=/nowhere", "Check that the server is running")]
    public async Task Open_DatabaseThatIsNotThere_IsRefused(string instead, string advice)
    {
        var refusal = await Assert.ThrowsAsync<StartupException>(() => OpenAsync(NewDirectory(), $"{Database};{instead}"));

        Assert.Contains(advice, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_UserWithoutRights_IsRefused()
    {
        var empty = await TestStore.CreateEmptyDatabaseAsync();
        await TestStore.RunAsync(empty, "DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC");

        var refusal = await Assert.ThrowsAsync<StartupException>(() => OpenAsync(NewDirectory(), $"{empty};Username=guest"));

        Assert.Contains("GRANT CREATE", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DatabaseOfAnotherEncoding_IsRefused()
    {
        var name = $"latin{Guid.NewGuid():N}";
        await RunAsync($"CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        var latin = new NpgsqlConnectionStringBuilder(Database) { Database = name }.ConnectionString;

        var refusal = await Assert.ThrowsAsync<StartupException>(() => OpenAsync(NewDirectory(), latin));

        Assert.Contains("encoding LATIN1", refusal.Message, StringComparison.Ordinal);
        await TestStore.DeleteDatabaseAsync(latin);
    }

    [Fact]
    public async Task Open_WhileAnotherServerRuns_IsRefused()
    {
        await using var store = await OpenAsync(NewDirectory());

        var refusal = await Assert.ThrowsAsync<StartupException>(() => OpenAsync(NewDirectory()));

        Assert.Contains("Another server runs on the PostgreSQL database", refusal.Message, StringComparison.Ordinal);
        await store.CommitAsync(new WriteSet { Conversation = Rows.Conversation() });
    }

    [Fact]
    public async Task Open_AfterAServerThatWasClosed_HasTheDatabaseAtOnce()
    {
        await (await OpenAsync(NewDirectory())).DisposeAsync();

        await using var store = await OpenAsync(NewDirectory());

        Assert.Equal(1L, await RunAsync("""SELECT count(*) FROM "Leases" WHERE "Until" > 0"""));
    }

    /// <summary>A server on the data directory of a killed server takes its lease before it expires.</summary>
    [Fact]
    public async Task Open_OnTheDirectoryOfAServerThatWasKilled_TakesItsLease()
    {
        var directory = NewDirectory();
        await (await OpenAsync(directory)).DisposeAsync();
        await RunAsync("""UPDATE "Leases" SET "Until" = 9000000000000000""");

        await using var store = await OpenAsync(directory);

        await store.CommitAsync(new WriteSet { Conversation = Rows.Conversation() });
    }

    [Fact]
    public async Task Commit_OfAServerWhoseDatabaseWasTaken_IsRefused()
    {
        await using var store = await OpenAsync(NewDirectory());
        await RunAsync("""UPDATE "Leases" SET "Holder" = 'another' """);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(new WriteSet { Conversation = Rows.Conversation() }));

        Assert.Equal(0L, await RunAsync("""SELECT count(*) FROM "Conversations" """));
    }
}
