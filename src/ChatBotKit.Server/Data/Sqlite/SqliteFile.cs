using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Queries SQLite about the file behind a connection, which Microsoft.Data.Sqlite can't.</summary>
internal static class SqliteFile
{
    private const int HasMovedCode = 20;

    /// <summary>
    /// Whether the database's path now leads to another file or to none. A process can go on writing to a deleted file, but the
    /// data is lost when the process ends.
    /// </summary>
    public static bool HasMoved(SqliteConnection connection) =>
        sqlite3_file_control(connection.Handle!, IntPtr.Zero, HasMovedCode, out var hasMoved) == raw.SQLITE_OK && hasMoved != 0;

    [DllImport("e_sqlite3", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int sqlite3_file_control(sqlite3 database, IntPtr schema, int code, out int answer);
}
