using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Asks the database whether its file is in order.</summary>
internal static class SqliteIntegrity
{
    private const int MaxFaults = 200;

    /// <returns>What is wrong, in the words of the database; nothing when all is well.</returns>
    public static IReadOnlyList<string> Check(SqliteConnections connections)
    {
        using var connection = connections.OpenReader();
        var faults = Read(connection, "PRAGMA integrity_check(100)", row => row.GetString(0)).Where(fault => fault != "ok")
            .Concat(Read(
                connection, "PRAGMA foreign_key_check",
                row => $"a row of {row.GetString(0)} belongs to a row of {row.GetString(2)} that is not there"));
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
