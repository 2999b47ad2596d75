using ChatBotKit.Server.Changes;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// Runs queries on one connection and caches the prepared statements of the most recent ones. Not thread-safe. Every returned task
/// is already complete.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="writes">The statements of the writer; null on a read-only connection.</param>
/// <param name="keepsEvents">Whether events are stored.</param>
internal sealed class SqliteSession(SqliteConnection connection, WriteSetStatements? writes = null, bool keepsEvents = true)
    : ISqlTransaction, IDisposable
{
    private const int MaxPrepared = 256;

    private readonly Dictionary<string, SqliteStatement> _prepared = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();
    private List<Change>? _announced;

    /// <summary>Returns the result of work that awaits only tasks of a session, and so is already complete.</summary>
    public static T ResultOf<T>(ValueTask<T> work) => work.IsCompleted
        ? work.GetAwaiter().GetResult()
        : throw new InvalidOperationException("A query or change awaits only what its session gives it");

    public SqlDialect Dialect => SqliteDialect.Instance;

    public ValueTask<T?> FirstAsync<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<SqlValue> values)
    {
        using var rows = Prepare(sql).Query(values);
        return new(rows.Read() ? read(rows) : default);
    }

    public ValueTask<List<T>> ListAsync<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<SqlValue> values)
    {
        using var rows = Prepare(sql).Query(values);
        var list = new List<T>();
        while (rows.Read())
            list.Add(read(rows));
        return new(list);
    }

    public ValueTask<SqlPage<T>> ListAsync<T>(string sql, Func<SqlRow, T> read, SqlSize<T> size, params ReadOnlySpan<SqlValue> values)
    {
        using var rows = Prepare(sql).Query(values);
        var list = new List<T>();
        for (var held = 0L; rows.Read(); held += size.Of(list[^1]))
        {
            if (list.Count > 0 && held >= size.Limit)
                return new(new SqlPage<T>(list, IsCut: true));
            list.Add(read(rows));
        }

        return new(new SqlPage<T>(list, IsCut: false));
    }

    /// <summary>Runs a statement and returns the number of changed rows.</summary>
    public int Execute(string sql, params ReadOnlySpan<SqlValue> values) => Prepare(sql).Execute(values);

    public ValueTask<int> ExecuteAsync(string sql, params ReadOnlySpan<SqlValue> values) => new(Execute(sql, values));

    public ValueTask InsertAsync<T>(SqlTable<T> table, T row)
    {
        Prepare(table.Insert).Execute(table, row);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> UpdateAsync<T>(SqlTable<T> table, T row) => new(Prepare(table.Update).Execute(table, row) > 0);

    public ValueTask AuditAsync(Rows.AuditRow record)
    {
        writes!.Append(record);
        return ValueTask.CompletedTask;
    }

    public ValueTask LogAsync(EventEntry entry)
    {
        if (keepsEvents)
        {
            writes!.Append(entry);
            Announce(entry.Added());
        }

        return ValueTask.CompletedTask;
    }

    public void Announce(in Change change) => (_announced ??= new(capacity: 1)).Add(change);

    /// <summary>Returns the changes that were announced since the last call; null for none.</summary>
    public List<Change>? TakeAnnounced()
    {
        var announced = _announced;
        _announced = null;
        return announced;
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
            statement.Dispose();
    }

    private SqliteStatement Prepare(string sql)
    {
        if (_prepared.TryGetValue(sql, out var known))
            return known;
        if (_oldest.Count == MaxPrepared && _prepared.Remove(_oldest.Dequeue(), out var old))
            old.Dispose();
        var statement = new SqliteStatement(connection, sql);
        _prepared.Add(sql, statement);
        _oldest.Enqueue(sql);
        return statement;
    }
}
