using ChatBotKit.Server.Changes;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>The writer's connection with what is prepared on it. It is used by the writer's thread alone.</summary>
internal sealed class SqliteWriterSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteSession _transaction;
    private bool _isOpen;

    public SqliteWriterSession(SqliteConnections connections)
    {
        _connection = connections.OpenWriter();
        _begin = new SqliteStatement(_connection, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(_connection, "COMMIT");
        _rollback = new SqliteStatement(_connection, "ROLLBACK");
        Statements = new WriteSetStatements(_connection);
        _transaction = new SqliteSession(_connection, Statements);
    }

    public WriteSetStatements Statements { get; }

    /// <exception cref="StoreUnavailableException">The file is no longer where it was opened: what were written now would be lost.</exception>
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
        // What a transaction announced that was undone did not happen.
        TakeAnnounced();
    }

    public void Commit()
    {
        _commit.Execute();
        End();
    }

    public void Rollback()
    {
        if (!_isOpen)
            return;
        End();
        _rollback.Execute();
    }

    /// <summary>Runs one statement in the transaction and returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<SqlValue> values) => _transaction.Execute(sql, values);

    /// <summary>Runs a statement that deletes rows, and announces them.</summary>
    /// <returns>How many.</returns>
    public int Delete(string sql, Func<SqlRow, Change> read, params ReadOnlySpan<SqlValue> values)
    {
        var deleted = SqliteSession.ResultOf(_transaction.ListAsync(sql, read, values));
        foreach (var change in deleted)
            _transaction.Announce(change);
        return deleted.Count;
    }

    /// <summary>What was announced since this was asked last; null for nothing.</summary>
    public List<Change>? TakeAnnounced() => _transaction.TakeAnnounced();

    /// <summary>Runs a statement that works from row to row, to the last one.</summary>
    public void RunToTheEnd(string sql)
    {
        using var statement = new SqliteStatement(_connection, sql);
        statement.Execute();
    }

    /// <summary>The number that a query gives.</summary>
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

    private void End()
    {
        _isOpen = false;
        Statements.Forget();
    }
}
