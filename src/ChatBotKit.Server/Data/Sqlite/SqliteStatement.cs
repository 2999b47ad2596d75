using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// A statement that is prepared once and run many times. It uses SQLite's native interface, because an ADO.NET command looks up
/// each parameter by name on every execution, which costs more than the insert.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int[] _places;
    private readonly SqliteRowReader _rows;
    private SqlValue[]? _values;

    /// <summary>Prepares a statement whose parameters are <c>$1</c>, <c>$2</c> and so on, without a gap.</summary>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        _statement = Prepare(_database, sql);
        _places = new int[raw.sqlite3_bind_parameter_count(_statement)];
        for (var index = 0; index < _places.Length; index++)
            _places[index] = raw.sqlite3_bind_parameter_index(_statement, $"${index + 1}");
        _rows = new SqliteRowReader(_database, _statement);
    }

    /// <summary>Runs the statement and returns the number of changed rows.</summary>
    public int Execute(params ReadOnlySpan<SqlValue> values)
    {
        using var rows = Query(values);
        while (rows.Read())
        {
            // Statements that are executed return no rows; stepping to the end runs them.
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>Runs the table's insert or update for a row and returns the number of changed rows.</summary>
    public int Execute<T>(SqlTable<T> table, T row)
    {
        _values ??= new SqlValue[table.ColumnCount];
        table.Bind(row, _values);
        var changed = Execute(_values);
        Array.Clear(_values);
        return changed;
    }

    /// <summary>Runs a query. The next one can start when its rows are disposed.</summary>
    public SqliteRowReader Query(params ReadOnlySpan<SqlValue> values)
    {
        if (values.Length != _places.Length)
            throw new ArgumentException($"The statement has {_places.Length} parameters, but {values.Length} values were given.", nameof(values));
        for (var index = 0; index < _places.Length; index++)
            SqliteException.ThrowExceptionForRC(Bind(_places[index], values[index]), _database);
        return _rows;
    }

    public void Dispose() => _statement.Dispose();

    private static sqlite3_stmt Prepare(sqlite3 database, string sql)
    {
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement), database);
        return statement;
    }

    private int Bind(int place, in SqlValue value) => value switch
    {
        { IsNumber: true } => raw.sqlite3_bind_int64(_statement, place, value.Number),
        { Object: string text } => BindText(place, text),
        { Object: byte[] bytes } => raw.sqlite3_bind_blob(_statement, place, bytes),
        _ => raw.sqlite3_bind_null(_statement, place),
    };

    private int BindText(int place, string text)
    {
        // The binding converts an empty span to NULL, but not an empty string.
        if (text.Length == 0)
            return raw.sqlite3_bind_text(_statement, place, text);
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = size > 512 ? ArrayPool<byte>.Shared.Rent(size) : null;
        var buffer = rented ?? stackalloc byte[512];
        try
        {
            // SQLite copies the text, so the buffer can be reused.
            return raw.sqlite3_bind_text(_statement, place, (ReadOnlySpan<byte>)buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
