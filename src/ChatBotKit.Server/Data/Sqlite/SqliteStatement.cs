using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// A statement that is prepared once and run many times. It speaks to SQLite's own interface: a command of ADO.NET looks up every
/// parameter by its name each time, which costs more than the insert.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int[] _places;
    private readonly SqliteRowReader _rows;
    private SqlValue[]? _values;

    /// <summary>A statement whose parameters are <c>$1</c>, <c>$2</c> and so on, without a gap.</summary>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        _statement = Prepare(_database, sql);
        _places = new int[raw.sqlite3_bind_parameter_count(_statement)];
        for (var index = 0; index < _places.Length; index++)
            _places[index] = raw.sqlite3_bind_parameter_index(_statement, $"${index + 1}");
        _rows = new SqliteRowReader(_database, _statement);
    }

    /// <summary>Returns how many rows changed.</summary>
    public int Execute(params ReadOnlySpan<SqlValue> values)
    {
        using var rows = Query(values);
        while (rows.Read())
        {
            // Nothing that is executed gives rows; to step to the end is what runs it.
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>Runs the table's insert or update on a row. Returns how many rows changed.</summary>
    public int Execute<T>(SqlTable<T> table, T row)
    {
        _values ??= new SqlValue[table.ColumnCount];
        table.Bind(row, _values);
        var changed = Execute(_values);
        Array.Clear(_values);
        return changed;
    }

    /// <summary>Runs a query; one at a time, until its rows are disposed.</summary>
    public SqliteRowReader Query(params ReadOnlySpan<SqlValue> values)
    {
        if (values.Length != _places.Length)
            throw new ArgumentException($"The statement takes {_places.Length} values, and {values.Length} were given.", nameof(values));
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
        // The binding takes an empty span for a null, but not an empty string.
        if (text.Length == 0)
            return raw.sqlite3_bind_text(_statement, place, text);
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = size > 512 ? ArrayPool<byte>.Shared.Rent(size) : null;
        var buffer = rented ?? stackalloc byte[512];
        try
        {
            // SQLite copies the text, so the buffer is free afterwards.
            return raw.sqlite3_bind_text(_statement, place, (ReadOnlySpan<byte>)buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
