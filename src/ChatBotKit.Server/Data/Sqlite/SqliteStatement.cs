using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// A statement that is prepared once and run many times, its parameters bound in the order in which they were named. It speaks to
/// SQLite's own interface: a command of ADO.NET looks up every parameter by its name each time, which costs more than the insert.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int[] _places;

    public SqliteStatement(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        _database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), _database);
        _places = new int[parameters.Length];
        for (var index = 0; index < parameters.Length; index++)
            _places[index] = raw.sqlite3_bind_parameter_index(_statement, "$" + parameters[index]);
    }

    /// <summary>An insert whose parameters are the columns in the given order.</summary>
    public static SqliteStatement Insert(SqliteConnection connection, string table, params ReadOnlySpan<string> columns) =>
        new(connection, $"""
            INSERT INTO "{table}" ("{string.Join("\", \"", columns)}") VALUES (${string.Join(", $", columns)})
            """, columns);

    /// <summary>Returns how many rows changed.</summary>
    public int Execute(params ReadOnlySpan<SqliteValue> values)
    {
        using var rows = Query(values);
        while (rows.Read())
        {
            // Nothing that is executed gives rows; to step to the end is what runs it.
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>Runs a query; one at a time, until its rows are disposed.</summary>
    public SqliteRowReader Query(params ReadOnlySpan<SqliteValue> values)
    {
        for (var index = 0; index < _places.Length; index++)
            SqliteException.ThrowExceptionForRC(Bind(_places[index], values[index]), _database);
        return new SqliteRowReader(_database, _statement);
    }

    public void Dispose() => _statement.Dispose();

    private int Bind(int place, in SqliteValue value) => value switch
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

/// <summary>A value to be bound; unlike an <c>object</c>, a number in it costs no allocation.</summary>
internal readonly struct SqliteValue
{
    private SqliteValue(object? value) => Object = value;

    private SqliteValue(long number) => (Number, IsNumber) = (number, true);

    /// <summary>A string, a byte array or null.</summary>
    public object? Object { get; }

    public long Number { get; }

    public bool IsNumber { get; }

    public static implicit operator SqliteValue(string? value) => new(value);

    public static implicit operator SqliteValue(byte[]? value) => new(value);

    public static implicit operator SqliteValue(long value) => new(value);

    public static implicit operator SqliteValue(long? value) => value is { } number ? new(number) : default;

    public static implicit operator SqliteValue(bool value) => new(value ? 1L : 0);

    public static implicit operator SqliteValue(bool? value) => value is { } flag ? flag : default(SqliteValue);
}
