using Microsoft.Data.Sqlite;

namespace ChatBotKit.Bench.Floors;

/// <summary>A statement that is prepared once and run many times.</summary>
/// <param name="sql">The SQL.</param>
/// <param name="parameters">The names of its parameters, in the order of the values.</param>
internal sealed class RowStatement(string sql, params string[] parameters)
{
    public SqliteCommand Prepare(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        command.Prepare();
        return command;
    }
}

/// <summary>A statement with its values that waits to be committed.</summary>
internal sealed class RowWrite(RowStatement statement, params object?[] values)
{
    private readonly TaskCompletionSource<int> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _changed;

    public RowStatement Statement => statement;

    /// <summary>The number of changed rows, available after the commit is on the disk.</summary>
    public Task<int> Committed => _committed.Task;

    public void Execute(SqliteCommand command)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        _changed = command.ExecuteNonQuery();
    }

    public void Complete() => _committed.TrySetResult(_changed);
}
