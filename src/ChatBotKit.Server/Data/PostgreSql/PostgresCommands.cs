using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>Statements that are run once.</summary>
internal static class PostgresCommands
{
    /// <summary>The first value of the first row; null when there is none, or when it is null.</summary>
    public static async Task<object?> ScalarAsync(this NpgsqlConnection connection, string sql, params SqlValue[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? value : null;
    }

    /// <summary>Runs one or more statements; only a single one may have parameters.</summary>
    /// <returns>How many rows changed.</returns>
    public static async Task<int> RunAsync(this NpgsqlConnection connection, string sql, params SqlValue[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<List<T>> ListAsync<T>(this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var command = Command(connection, sql, []);
        await using var reader = await command.ExecuteReaderAsync();
        var list = new List<T>();
        while (await reader.ReadAsync())
            list.Add(read(reader));
        return list;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, SqlValue[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddValues(values);
        return command;
    }
}
