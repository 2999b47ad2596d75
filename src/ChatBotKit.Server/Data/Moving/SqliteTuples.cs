using System.Text;
using System.Text.Unicode;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>
/// Reads the rows of a SQLite table. A text that PostgreSQL can't store gets U+FFFD in place of each such character, as when a server on
/// PostgreSQL stores it.
/// </summary>
internal sealed class SqliteTuples : ITuples, IDisposable
{
    private readonly MovedTable _table;
    private readonly SqliteStatement _statement;
    private readonly SqliteRowReader _rows;
    private readonly TupleWriter _writer = new();

    /// <param name="source">The database.</param>
    /// <param name="table">The table, for its columns.</param>
    /// <param name="select">The query; null for all rows of the table.</param>
    public SqliteTuples(SqliteConnection source, MovedTable table, string? select = null)
    {
        _table = table;
        _statement = new SqliteStatement(source, select ?? table.Select);
        _rows = _statement.Query();
    }

    public ReadOnlyMemory<byte> Tuple => _writer.Tuple;

    /// <summary>The number of texts in which characters were replaced.</summary>
    public long Replaced { get; private set; }

    /// <summary>Reads all rows of a table.</summary>
    public static TableDigest Digest(SqliteConnection source, MovedTable table)
    {
        using var rows = new SqliteTuples(source, table);
        return rows.DigestRest();
    }

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Read());
    }

    /// <summary>Reads the remaining rows.</summary>
    public TableDigest DigestRest()
    {
        var digest = new TableDigest();
        while (Read())
            digest.Add(Tuple.Span);
        return digest;
    }

    public void Dispose()
    {
        _rows.Dispose();
        _statement.Dispose();
    }

    private bool Read()
    {
        if (!_rows.Read())
            return false;
        _writer.Begin(_table.Columns.Count);
        for (var column = 0; column < _table.Columns.Count; column++)
            Write(column);
        return true;
    }

    private void Write(int column)
    {
        switch (_rows.TypeOf(column), _table.Columns[column].Type)
        {
            case (raw.SQLITE_NULL, _):
                _writer.WriteNull();
                break;
            case (raw.SQLITE_INTEGER, SqlType.Number):
                _writer.Write(_rows.GetInt64(column));
                break;
            case (raw.SQLITE_INTEGER, SqlType.Boolean):
                _writer.Write([_rows.GetBoolean(column) ? (byte)1 : (byte)0]);
                break;
            case (raw.SQLITE_TEXT, SqlType.Text):
                WriteText(_rows.GetSpan(column));
                break;
            case (raw.SQLITE_BLOB, SqlType.Bytes):
                _writer.Write(_rows.GetSpan(column));
                break;
            default:
                throw new StartupException(
                    $"A row of the table {_table.Name} has a value of another type in the column {_table.Columns[column].Name}, so it can't be moved. Correct it in the SQLite file.");
        }
    }

    private void WriteText(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)0) && Utf8.IsValid(text))
        {
            _writer.Write(text);
            return;
        }

        Replaced++;
        _writer.Write(PostgresParameters.Storable(Encoding.UTF8.GetString(text)));
    }
}
