using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Bench.Floors;

/// <summary>A pool of prepared commands of one query, each with a read-only connection of its own.</summary>
internal sealed class CommandPool(string path, string sql, params string[] parameters)
{
    private readonly ConcurrentBag<SqliteCommand> _idle = [];

    /// <summary>Takes a command and sets its values in the order of the parameters. Return it when its rows are read.</summary>
    public SqliteCommand Take(params ReadOnlySpan<object> values)
    {
        var command = _idle.TryTake(out var idle) ? idle : Prepare();
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        return command;
    }

    public void Return(SqliteCommand command) => _idle.Add(command);

    private SqliteCommand Prepare()
    {
        var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }
}
