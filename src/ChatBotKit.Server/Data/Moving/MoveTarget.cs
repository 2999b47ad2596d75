using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Data.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>
/// The PostgreSQL database to which the rows are moved. Tables are created and filled in one transaction, so that a move that is
/// killed leaves nothing.
/// </summary>
internal sealed class MoveTarget : IAsyncDisposable
{
    private const string TableNames = """
        SELECT CAST(c.oid::regclass AS text) FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
        """;

    private readonly PostgresSettings _settings;
    private readonly PostgresSchema _schema;
    private NpgsqlTransaction? _transaction;

    private MoveTarget(PostgresSettings settings, NpgsqlDataSource source, NpgsqlConnection connection)
    {
        (_settings, Source, Connection) = (settings, source, connection);
        _schema = new PostgresSchema(settings, TimeProvider.System, NullLogger.Instance);
    }

    public NpgsqlDataSource Source { get; }

    public NpgsqlConnection Connection { get; }

    /// <exception cref="StartupException">The database can't be used.</exception>
    public static async Task<MoveTarget> OpenAsync(PostgresSettings settings, CancellationToken cancellationToken)
    {
        var source = settings.CreateUnlimited("chatbotkit-move");
        NpgsqlConnection? connection = null;
        try
        {
            // A connection that is being opened to a database that does not answer can't be cancelled. It ends with its timeout.
            connection = await source.OpenConnectionAsync(cancellationToken).AsTask().WaitAsync(cancellationToken);
            var target = new MoveTarget(settings, source, connection);
            await target._schema.CheckServerAsync(connection);
            await target.EndWithThisProgramAsync();
            return target;
        }
        catch (Exception exception)
        {
            if (connection is not null)
                await connection.DisposeAsync();
            await source.DisposeAsync();
            if (exception is NpgsqlException || PostgresErrors.IsUnavailable(exception))
                throw Refusal(settings, exception);
            throw;
        }
    }

    /// <summary>Returns the exception for a failure of the database, with advice.</summary>
    public static StartupException Refusal(PostgresSettings settings, Exception exception) =>
        new PostgresSchema(settings, TimeProvider.System, NullLogger.Instance).Refusal(exception);

    /// <summary>Begins a transaction that excludes other moves and migrations, and reads the state of the database.</summary>
    /// <exception cref="StartupException">Another program works on the schema, or the database belongs to another program.</exception>
    public async Task<AppliedScripts> BeginAsync(CancellationToken cancellationToken)
    {
        _transaction = await Connection.BeginTransactionAsync(cancellationToken);
        // The mark of SQLite is stored only after this commit, whatever the database's setting is.
        await Connection.RunAsync("SET LOCAL synchronous_commit = on");
        try
        {
            // This waits for some seconds, because the transaction of a killed move ends a moment after it.
            await Connection.RunAsync(PostgresSchema.LockOrFail);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new StartupException(
                $"Another move or a starting server works on the PostgreSQL database '{_settings.Name}'. Wait for its end.", exception);
        }

        return await _schema.ReadAsync(Connection);
    }

    /// <summary>
    /// Creates the tables. The tables of an interrupted or undone move from the same data directory are deleted before.
    /// </summary>
    /// <param name="applied">The state of the database.</param>
    /// <param name="node">The name of the data directory.</param>
    /// <exception cref="StartupException">The database is not empty.</exception>
    public async Task CreateTablesAsync(AppliedScripts applied, string node)
    {
        if (applied.Scripts.Count > 0)
        {
            if (MoveMark.Find(applied) is not { Number: MoveMark.Refused } mark || mark.Node != node)
            {
                throw new StartupException(
                    $"The PostgreSQL database '{_settings.Name}' is not empty: it belongs to a server already. Move to an empty database.");
            }

            foreach (var table in await Connection.ListAsync(TableNames, row => row.GetString(0)))
                await Connection.RunAsync($"DROP TABLE {table} CASCADE");
        }

        await _schema.MigrateAsync(Connection, SchemaScript.PostgreSql);
    }

    /// <summary>Writes the mark in place of an earlier one.</summary>
    public async Task MarkAsync(MoveMark mark)
    {
        await Connection.RunAsync(
            """DELETE FROM "Schema" WHERE "Number" = $1 OR "Number" = $2""", (long)MoveMark.Refused, (long)MoveMark.Usable);
        await Connection.RunAsync(MoveMark.Insert, (long)mark.Number, mark.Text);
    }

    /// <summary>Commits the transaction.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await _transaction!.CommitAsync(cancellationToken);
        await _transaction.DisposeAsync();
        _transaction = null;
    }

    /// <summary>Lets the database end a long statement when this program was killed. Databases on some systems can't do that.</summary>
    private async Task EndWithThisProgramAsync()
    {
        try
        {
            await Connection.RunAsync("SET client_connection_check_interval = '1s'");
        }
        catch (PostgresException)
        {
            // The statement continues to its end, and is rolled back then.
        }
    }

    /// <summary>Rolls the transaction back, if there is one.</summary>
    public async Task RollbackAsync()
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        _transaction = null;
    }

    public async ValueTask DisposeAsync()
    {
        await RollbackAsync();
        await Connection.DisposeAsync();
        await Source.DisposeAsync();
    }
}
