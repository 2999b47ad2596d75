using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Statements that run once, on a connection with a single user.</summary>
internal static class SqliteCommands
{
    public static bool HasTable(this SqliteConnection connection, string name) =>
        connection.Scalar("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", name) is not null;

    /// <summary>Returns the first value of the first row; null when there is none.</summary>
    public static object? Scalar(this SqliteConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteScalar();
    }

    /// <summary>
    /// Runs one or more statements. Only a single statement may have parameters, which are <c>$1</c>, <c>$2</c> and so on.
    /// </summary>
    public static void Run(this SqliteConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(connection, sql, values);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
            command.Parameters.AddWithValue($"${index + 1}", values[index]);
        return command;
    }
}
