using ChatBotKit.Server.Tests;
using Npgsql;

namespace ChatBotKit.Faults.Moving;

/// <summary>Holds up every command of a kind that changes the schema of a PostgreSQL database, until it is released.</summary>
internal sealed class HeldCommand : IAsyncDisposable
{
    private const string LockNumber = "815";

    private readonly string _database;
    private readonly NpgsqlConnection _holder;

    private HeldCommand(string database, NpgsqlConnection holder) => (_database, _holder) = (database, holder);

    /// <param name="database">The database.</param>
    /// <param name="command">The kind, for example <c>CREATE INDEX</c>.</param>
    public static async Task<HeldCommand> CreateAsync(string database, string command)
    {
        await TestStore.RunAsync(database, $"""
            CREATE FUNCTION hold() RETURNS event_trigger LANGUAGE plpgsql SET lock_timeout = 0
                AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared({LockNumber}); END $$;
            CREATE EVENT TRIGGER hold ON ddl_command_start WHEN TAG IN ('{command}') EXECUTE FUNCTION hold();
            """);
        var holder = new NpgsqlConnection($"{database};Pooling=false");
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        await using var taking = new NpgsqlCommand($"SELECT pg_advisory_lock({LockNumber})", holder);
        await taking.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new HeldCommand(database, holder);
    }

    /// <summary>Waits until a command is held up.</summary>
    public async Task WaitUntilBlockedAsync()
    {
        while (await TestStore.RunAsync(_database, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") is 0L)
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    /// <summary>Lets all commands continue.</summary>
    public Task ReleaseAsync() => _holder.CloseAsync();

    public async ValueTask DisposeAsync() => await _holder.DisposeAsync();
}
