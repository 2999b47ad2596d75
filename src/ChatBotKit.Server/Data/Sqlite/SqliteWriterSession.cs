using ChatBotKit.Server.Changes;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>The writer's connection with its prepared statements. Only the writer's thread uses it.</summary>
internal sealed class SqliteWriterSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteSession _transaction;
    private bool _isOpen;

    /// <param name="connections">Opens the connection.</param>
    /// <param name="keepsEvents">Whether events are stored.</param>
    public SqliteWriterSession(SqliteConnections connections, bool keepsEvents = true)
    {
        _connection = connections.OpenWriter();
        _begin = new SqliteStatement(_connection, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(_connection, "COMMIT");
        _rollback = new SqliteStatement(_connection, "ROLLBACK");
        Statements = new WriteSetStatements(_connection);
        _transaction = new SqliteSession(_connection, Statements, keepsEvents);
    }

    public WriteSetStatements Statements { get; }

    /// <exception cref="StoreUnavailableException">The database file was deleted or replaced, so that new writes would be lost.</exception>
    public void Begin()
    {
        if (SqliteFile.HasMoved(_connection))
        {
            throw new StoreUnavailableException(
                $"The database '{_connection.DataSource}' was deleted or replaced while the server was running. Put it back, or restart the server on what is there now.")
            {
                IsFileGone = true,
            };
        }

        _begin.Execute();
        _isOpen = true;
        // Discard what a transaction has announced that was rolled back.
        TakeAnnounced();
    }

    public void Commit()
    {
        _commit.Execute();
        End(isStored: true);
    }

    public void Rollback()
    {
        if (!_isOpen)
            return;
        End(isStored: false);
        _rollback.Execute();
    }

    /// <summary>Runs one statement in the transaction and returns the number of changed rows.</summary>
    public int Execute(string sql, params ReadOnlySpan<SqlValue> values) => _transaction.Execute(sql, values);

    /// <summary>Returns the changes that were announced since the last call; null for none.</summary>
    public List<Change>? TakeAnnounced() => _transaction.TakeAnnounced();

    /// <summary>Runs a statement that does its work row by row, up to the last row.</summary>
    public void RunToTheEnd(string sql)
    {
        using var statement = new SqliteStatement(_connection, sql);
        statement.Execute();
    }

    /// <summary>Returns the number that a query selects.</summary>
    public long Read(string sql) => (long)_connection.Scalar(sql)!;

    /// <summary>Runs a change in the transaction.</summary>
    public T Change<T>(Func<ISqlTransaction, ValueTask<T>> change) => SqliteSession.ResultOf(change(_transaction));

    public void Dispose()
    {
        _transaction.Dispose();
        Statements.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _connection.Dispose();
    }

    private void End(bool isStored)
    {
        _isOpen = false;
        Statements.Forget(isStored);
    }
}
