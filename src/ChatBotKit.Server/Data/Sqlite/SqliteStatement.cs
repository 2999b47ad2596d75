using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>A command that is prepared once and run many times, its parameters bound in the order in which they were named.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly SqliteParameter[] _parameters;

    public SqliteStatement(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        _parameters = new SqliteParameter[parameters.Length];
        for (var index = 0; index < parameters.Length; index++)
            _parameters[index] = _command.Parameters.Add(new SqliteParameter("$" + parameters[index], null));
    }

    /// <summary>An insert whose parameters are the columns in the given order.</summary>
    public static SqliteStatement Insert(SqliteConnection connection, string table, params ReadOnlySpan<string> columns) =>
        new(connection, $"""
            INSERT INTO "{table}" ("{string.Join("\", \"", columns)}") VALUES (${string.Join(", $", columns)})
            """, columns);

    public SqliteTransaction? Transaction
    {
        set => _command.Transaction = value;
    }

    /// <summary>Returns how many rows changed.</summary>
    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    public SqliteDataReader Query(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < _parameters.Length; index++)
            _parameters[index].Value = values[index] ?? DBNull.Value;
    }
}
