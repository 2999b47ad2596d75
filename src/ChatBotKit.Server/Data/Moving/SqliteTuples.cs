using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>
/// Reads the rows of a SQLite table in the binary format of PostgreSQL's <c>COPY</c>. A text that PostgreSQL can't store gets U+FFFD in
/// place of each such character, as when a server on PostgreSQL stores it.
/// </summary>
internal sealed class SqliteTuples : IDisposable
{
    private readonly MovedTable _table;
    private readonly SqliteStatement _statement;
    private readonly SqliteRowReader _rows;
    private readonly ArrayBufferWriter<byte> _tuple = new(4096);

    public SqliteTuples(SqliteConnection source, MovedTable table)
    {
        _table = table;
        _statement = new SqliteStatement(source, table.Select);
        _rows = _statement.Query();
    }

    /// <summary>The current row.</summary>
    public ReadOnlyMemory<byte> Tuple => _tuple.WrittenMemory;

    /// <summary>The number of texts in which characters were replaced.</summary>
    public long Replaced { get; private set; }

    /// <summary>Reads all rows of a table.</summary>
    public static TableDigest Digest(SqliteConnection source, MovedTable table)
    {
        using var rows = new SqliteTuples(source, table);
        return rows.DigestRest();
    }

    /// <summary>Advances to the next row; returns false when there is none.</summary>
    /// <exception cref="StartupException">A value does not have the type of its column.</exception>
    public bool Read()
    {
        if (!_rows.Read())
            return false;
        _tuple.ResetWrittenCount();
        BinaryPrimitives.WriteInt16BigEndian(_tuple.GetSpan(2), (short)_table.Columns.Count);
        _tuple.Advance(2);
        for (var column = 0; column < _table.Columns.Count; column++)
            Write(column);
        return true;
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

    private void Write(int column)
    {
        switch (_rows.TypeOf(column), _table.Columns[column].Type)
        {
            case (raw.SQLITE_NULL, _):
                WriteLength(-1);
                break;
            case (raw.SQLITE_INTEGER, SqlType.Number):
                WriteLength(sizeof(long));
                BinaryPrimitives.WriteInt64BigEndian(_tuple.GetSpan(sizeof(long)), _rows.GetInt64(column));
                _tuple.Advance(sizeof(long));
                break;
            case (raw.SQLITE_INTEGER, SqlType.Boolean):
                WriteBytes([_rows.GetBoolean(column) ? (byte)1 : (byte)0]);
                break;
            case (raw.SQLITE_TEXT, SqlType.Text):
                WriteText(_rows.GetSpan(column));
                break;
            case (raw.SQLITE_BLOB, SqlType.Bytes):
                WriteBytes(_rows.GetSpan(column));
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
            WriteBytes(text);
            return;
        }

        Replaced++;
        WriteBytes(Encoding.UTF8.GetBytes(PostgresParameters.Storable(Encoding.UTF8.GetString(text))));
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteLength(bytes.Length);
        _tuple.Write(bytes);
    }

    private void WriteLength(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(_tuple.GetSpan(sizeof(int)), length);
        _tuple.Advance(sizeof(int));
    }
}
