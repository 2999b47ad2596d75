using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data.Rows;
using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>Runs queries on one connection. Not thread-safe.</summary>
/// <param name="connection">The connection.</param>
/// <param name="keepsEvents">Whether events are stored.</param>
internal sealed class PostgresSession(NpgsqlConnection connection, bool keepsEvents = true) : ISqlTransaction
{
    private readonly List<Change> _announced = [];

    public SqlDialect Dialect => PostgresDialect.Instance;

    /// <summary>The announced changes.</summary>
    public IReadOnlyList<Change> Announced => _announced;

    public ValueTask<T?> FirstAsync<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<SqlValue> values)
    {
        return RunAsync(Command(sql, values), read);

        static async ValueTask<T?> RunAsync(NpgsqlCommand command, Func<SqlRow, T> read)
        {
            await using var _ = command;
            await using var reader = await command.ExecuteReaderAsync();
            return await reader.ReadAsync() ? read(new PostgresRow(reader)) : default;
        }
    }

    public ValueTask<List<T>> ListAsync<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<SqlValue> values)
    {
        return RunAsync(Command(sql, values), read);

        static async ValueTask<List<T>> RunAsync(NpgsqlCommand command, Func<SqlRow, T> read)
        {
            await using var _ = command;
            await using var reader = await command.ExecuteReaderAsync();
            var (row, list) = (new PostgresRow(reader), new List<T>());
            while (await reader.ReadAsync())
                list.Add(read(row));
            return list;
        }
    }

    public ValueTask<SqlPage<T>> ListAsync<T>(string sql, Func<SqlRow, T> read, SqlSize<T> size, params ReadOnlySpan<SqlValue> values)
    {
        return RunAsync(Command(sql, values), read, size);

        static async ValueTask<SqlPage<T>> RunAsync(NpgsqlCommand command, Func<SqlRow, T> read, SqlSize<T> size)
        {
            await using var _ = command;
            await using var reader = await command.ExecuteReaderAsync();
            var (row, list) = (new PostgresRow(reader), new List<T>());
            for (var held = 0L; await reader.ReadAsync(); held += size.Of(list[^1]))
            {
                if (list.Count > 0 && held >= size.Limit)
                    return new SqlPage<T>(list, IsCut: true);
                list.Add(read(row));
            }

            return new SqlPage<T>(list, IsCut: false);
        }
    }

    public ValueTask<int> ExecuteAsync(string sql, params ReadOnlySpan<SqlValue> values)
    {
        return RunAsync(Command(sql, values));

        static async ValueTask<int> RunAsync(NpgsqlCommand command)
        {
            await using var _ = command;
            // The result is -1 for a query, such as one that takes a lock.
            return Math.Max(await command.ExecuteNonQueryAsync(), 0);
        }
    }

    public async ValueTask InsertAsync<T>(SqlTable<T> table, T row) => await ExecuteAsync(table.Insert, Values(table, row));

    public async ValueTask<bool> UpdateAsync<T>(SqlTable<T> table, T row) => await ExecuteAsync(table.Update, Values(table, row)) > 0;

    public async ValueTask AuditAsync(AuditRow record)
    {
        await ExecuteAsync(PostgresAudit.Lock, record.AccountId);
        await ExecuteAsync(PostgresAudit.Append(record), PostgresAudit.Values(record));
    }

    public async ValueTask LogAsync(EventEntry entry)
    {
        if (!keepsEvents)
            return;
        await InsertAsync(EventTable.Rows, entry);
        await ExecuteAsync(
            EventSpans.AddOnPostgres, entry.AccountId, string.Join(' ', EventSpans.TargetsOf(entry)), EventSpans.SpanOf(entry.Number));
        Announce(entry.Added());
    }

    public void Announce(in Change change) => _announced.Add(change);

    /// <summary>Returns the values of a row.</summary>
    public static SqlValue[] Values<T>(SqlTable<T> table, T row)
    {
        var values = new SqlValue[table.ColumnCount];
        table.Bind(row, values);
        return values;
    }

    private NpgsqlCommand Command(string sql, ReadOnlySpan<SqlValue> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddValues(values);
        return command;
    }
}
