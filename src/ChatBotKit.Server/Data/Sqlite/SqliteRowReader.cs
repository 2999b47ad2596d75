using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>The rows of a running <see cref="SqliteStatement"/>. Disposing resets the statement.</summary>
internal sealed class SqliteRowReader(sqlite3 database, sqlite3_stmt statement) : SqlRow, IDisposable
{
    /// <summary>Advances to the next row; returns false when there is none.</summary>
    public bool Read()
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(result, database);
        return false;
    }

    public override bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public override long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    public override bool GetBoolean(int column) => GetInt64(column) != 0;

    /// <summary>Read as a blob, so that a text may contain a NUL character.</summary>
    public override string GetString(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    /// <summary>Returns the storage class of a value, such as <see cref="raw.SQLITE_TEXT"/>.</summary>
    public int TypeOf(int column) => raw.sqlite3_column_type(statement, column);

    /// <summary>Returns the bytes of a text or blob, which are valid until the next row.</summary>
    public ReadOnlySpan<byte> GetSpan(int column) => raw.sqlite3_column_blob(statement, column);

    public override byte[] GetBytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    // The result is ignored: reset repeats the error of the last step, which has been thrown already.
    public void Dispose()
    {
        _ = raw.sqlite3_reset(statement);
        _ = raw.sqlite3_clear_bindings(statement);
    }
}
