using ChatBotKit.Faults.Disk;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using Npgsql;

namespace ChatBotKit.Faults.Database;

/// <summary>
/// A complete server whose PostgreSQL database fails and recovers. Meanwhile every request is refused in bounded time, and afterwards
/// everything that was acknowledged is there, without a restart of the server.
/// </summary>
public sealed class DatabaseFaultTests : IAsyncLifetime
{
    private const string EndBackends =
        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = '{0}' AND pid <> pg_backend_pid()";

    private static readonly int Rounds = Form.Pick(1, 20);

    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-database-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Binaries is null, PostgresServer.Missing);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Database_KilledAndStartedAgain()
    {
        await using var postgres = await PostgresServer.StartAsync(isDurable: true);

        await FailAndMendAsync(postgres.ConnectionString("postgres"), postgres.KillAsync, postgres.StartAgainAsync);
    }

    /// <summary>The connections stay open and nothing answers, as when the network to the database is cut.</summary>
    [Fact]
    public async Task Database_ThatDoesNotAnswer()
    {
        await using var postgres = await PostgresServer.StartAsync();

        await FailAndMendAsync($"{postgres.ConnectionString("postgres")};Command Timeout=10", postgres.FreezeAsync, postgres.ThawAsync);
    }

    /// <summary>The standby is synchronous, because another one may lose what was acknowledged.</summary>
    [Fact]
    public async Task Database_FailsOverToAStandbyThatOnlyReadsAtFirst()
    {
        await using var primary = await PostgresServer.StartAsync(isDurable: true);
        await using var standby = await PostgresServer.StartAsync(isDurable: true, standbyOf: primary);
        await TestStore.RunAsync(primary.ConnectionString("postgres"), "ALTER SYSTEM SET synchronous_standby_names = '*'");
        await TestStore.RunAsync(primary.ConnectionString("postgres"), "SELECT pg_reload_conf()");
        var both = new NpgsqlConnectionStringBuilder(primary.ConnectionString("postgres"))
        {
            Host = $"{primary.Directory},{standby.Directory}",
            TargetSessionAttributes = "read-write",
        };

        await FailAndMendAsync(both.ConnectionString, primary.KillAsync, standby.PromoteAsync, rounds: 1);
    }

    /// <summary>The tables are on the full disk, and the write-ahead log is not. A full disk of the log kills the database.</summary>
    [Fact]
    public async Task Database_WhoseDiskIsFull()
    {
        using var disk = SmallDisk.Mount(megabytes: 48);
        disk.GiveTo("postgres");
        await using var postgres = await PostgresServer.StartAsync();
        await TestStore.RunAsync(postgres.ConnectionString("postgres"), $"CREATE TABLESPACE small LOCATION '{disk.Path}'");
        await TestStore.RunAsync(postgres.ConnectionString("postgres"), "CREATE DATABASE cbk TABLESPACE small");

        await FailAndMendAsync(
            postgres.ConnectionString("cbk"), () => Task.Run(disk.Fill), () => Task.Run(disk.MakeRoom), isTotal: false);
    }

    /// <summary>As a hosting service does it when the disk of the database is almost full.</summary>
    [Fact]
    public Task Database_ThatBecomesReadOnly() => FailAndMendAsync(
        "ALTER DATABASE {0} SET default_transaction_read_only = on", "ALTER DATABASE {0} RESET default_transaction_read_only");

    [Fact]
    public Task Database_WithoutFreeConnections() => FailAndMendAsync(
        "ALTER DATABASE {0} CONNECTION LIMIT 0", "ALTER DATABASE {0} CONNECTION LIMIT -1");

    [Fact]
    public Task Database_ThatRefusesTheLogin() => FailAndMendAsync("ALTER ROLE bot NOLOGIN", "ALTER ROLE bot LOGIN");

    [Fact]
    public async Task Database_WhoseConnectionsAreEndedAgainAndAgain()
    {
        var database = await CreateDatabaseAsync();
        await using var server = await DatabaseServer.StartAsync(_directory, database, Token);

        await server.Scenario.WriteWhileAsync(
            async () =>
            {
                for (var round = 0; round < Form.Pick(30, 1000); round++)
                    await ManageAsync(database, EndBackends);
            },
            writing: 8);

        Form.Report(server.Scenario.Summary);
    }

    /// <summary>More requests wait for the locked table than there are connections.</summary>
    [Fact]
    public async Task Table_ThatIsLocked_IsAnsweredWith503UntilItIsFree()
    {
        var database = $"{await CreateDatabaseAsync()};Timeout=1;Maximum Pool Size=4";
        await using var server = await DatabaseServer.StartAsync(_directory, database, Token);
        using var client = ServerFactory.ClientOf(server.Address, StorageScenario.Secret);
        var path = $"conversation/{ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "conversation/create", "{}"))}/message/list";
        await using (var locking = new NpgsqlConnection($"{database};Pooling=false"))
        {
            await locking.OpenAsync(Token);
            await using var transaction = await locking.BeginTransactionAsync(Token);
            await using var command = new NpgsqlCommand("""LOCK TABLE "Messages" IN ACCESS EXCLUSIVE MODE""", locking);
            await command.ExecuteNonQueryAsync(Token);

            var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => client.SendAsync(HttpMethod.Get, path)));

            foreach (var answer in answers)
            {
                await answer.AssertRefusedAsync("503 SERVICE_UNAVAILABLE");
                Assert.NotNull(answer.Headers.RetryAfter);
                answer.Dispose();
            }

            await client.ReadTextAsync("/health/ready");
        }

        await client.ReadAsync(HttpMethod.Get, path);
    }

    private async Task FailAndMendAsync(string fail, string mend)
    {
        var database = await CreateDatabaseAsync();
        await FailAndMendAsync(
            database,
            async () =>
            {
                await ManageAsync(database, fail);
                await ManageAsync(database, EndBackends);
            },
            async () =>
            {
                await ManageAsync(database, mend);
                // Open connections keep the old settings.
                await ManageAsync(database, EndBackends);
            });
    }

    private async Task FailAndMendAsync(
        string database, Func<Task> failAsync, Func<Task> mendAsync, bool isTotal = true, int? rounds = null)
    {
        await using var server = await DatabaseServer.StartAsync(_directory, database, Token);
        for (var round = 0; round < (rounds ?? Rounds); round++)
            await server.Scenario.FailAndMendAsync(failAsync, mendAsync, writing: 3, isTotal, readsFail: true);
        Form.Report(server.Scenario.Summary);
    }

    /// <summary>Creates a database of a user with the rights that a server needs, and no more.</summary>
    private static async Task<string> CreateDatabaseAsync()
    {
        var database = await TestStore.CreateEmptyDatabaseAsync();
        await ManageAsync(database, "DO $$ BEGIN CREATE ROLE bot LOGIN; EXCEPTION WHEN duplicate_object THEN END $$");
        await ManageAsync(database, "ALTER DATABASE {0} OWNER TO bot");
        return $"{database};Username=bot";
    }

    /// <summary>Runs a statement about the database on a connection to another one.</summary>
    private static Task<object?> ManageAsync(string database, string sql)
    {
        var settings = new NpgsqlConnectionStringBuilder(database);
        var statement = sql.Replace("{0}", settings.Database, StringComparison.Ordinal);
        (settings.Database, settings.Username) = ("postgres", "cbk");
        return TestStore.RunAsync(settings.ConnectionString, statement);
    }
}
