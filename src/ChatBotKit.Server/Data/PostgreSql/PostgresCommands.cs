using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>Runs single statements.</summary>
internal static class PostgresCommands
{
    /// <summary>Returns the first value of the first row; null when there is no row, or when the value is null.</summary>
    public static async Task<object?> ScalarAsync(this NpgsqlConnection connection, string sql, params SqlValue[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? value : null;
    }

    /// <summary>Runs one or more statements. Only a single statement can have parameters.</summary>
    /// <returns>The number of changed rows.</returns>
    public static async Task<int> RunAsync(this NpgsqlConnection connection, string sql, params SqlValue[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<List<T>> ListAsync<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, params SqlValue[] values)
    {
        await using var command = Command(connection, sql, values);
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
