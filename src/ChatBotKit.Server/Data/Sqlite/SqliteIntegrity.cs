using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Checks the integrity of the database file.</summary>
internal static class SqliteIntegrity
{
    private const int MaxFaults = 200;

    /// <returns>The faults in SQLite's words; empty when there are none.</returns>
    public static IReadOnlyList<string> Check(SqliteConnections connections)
    {
        using var connection = connections.OpenReader();
        var faults = Read(connection, "PRAGMA integrity_check(100)", row => row.GetString(0)).Where(fault => fault != "ok")
            .Concat(Read(
                connection, "PRAGMA foreign_key_check",
                row => $"a row of {row.GetString(0)} refers to a row of {row.GetString(2)} that does not exist"));
        return [.. faults.Take(MaxFaults)];
    }

    private static IEnumerable<string> Read(SqliteConnection connection, string sql, Func<SqliteDataReader, string> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        while (rows.Read())
            yield return read(rows);
    }
}
