namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Asks the database whether its file is in order.</summary>
internal static class SqliteIntegrity
{
    /// <returns>What is wrong, in the words of the database; nothing when all is well.</returns>
    public static IReadOnlyList<string> Check(SqliteConnections connections)
    {
        using var connection = connections.OpenReader();
        var faults = new List<string>();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA integrity_check(100)";
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                if (rows.GetString(0) is var fault && fault != "ok")
                    faults.Add(fault);
            }
        }

        using (var command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA foreign_key_check";
            using var rows = command.ExecuteReader();
            while (rows.Read() && faults.Count < 200)
                faults.Add($"a row of {rows.GetString(0)} belongs to a row of {rows.GetString(2)} that is not there");
        }

        return faults;
    }
}
