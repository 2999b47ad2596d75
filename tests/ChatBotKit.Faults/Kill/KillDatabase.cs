using System.Data.Common;
using ChatBotKit.Faults.Kill.Work;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.Faults.Kill;

/// <summary>
/// The database of a run: its settings for the server, and checks on the database itself. No other code of these tests depends on
/// the kind of database.
/// </summary>
internal abstract class KillDatabase : IAsyncDisposable
{
    private const string OpenRuns = """SELECT count(*) FROM "Runs" WHERE "EndedAt" IS NULL""";

    public abstract IReadOnlyDictionary<string, string> Settings { get; }

    protected string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("chatbotkit-kill-").FullName;

    public static async Task<KillDatabase> CreateAsync() =>
        TestStore.IsPostgres ? new PostgresDatabase(await TestStore.CreateEmptyDatabaseAsync()) : new SqliteDatabase();

    /// <summary>Returns the result of the integrity check: <c>ok</c>, or the faults.</summary>
    public abstract string CheckIntegrity();

    /// <summary>Returns the findings of the program's database check; empty for none.</summary>
    public async Task<string> CheckByProgramAsync()
    {
        using var output = new StringWriter();
        string[] arguments = ["--check-database", .. Settings.Select(setting => $"--{setting.Key}={setting.Value}")];
        return await ServerProgram.RunAsync(arguments, output, output) == 0 ? "" : output.ToString();
    }

    /// <summary>Returns the number of runs that have not ended. It can be called while the server starts.</summary>
    public long CountOpenRuns() => (long)Query(OpenRuns)!;

    /// <summary>Waits until the starting server has ended one of these open runs, or the other task is done.</summary>
    public async Task WaitForAnEndAsync(long open, Task otherwise)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = OpenRuns;
        while (!otherwise.IsCompleted && open > 0 && (long)command.ExecuteScalar()! == open)
            await Task.Yield();
    }

    /// <summary>The work whose effects are stored: its key, how many effects, and the attempt of the last one.</summary>
    public IReadOnlyList<(string Key, int Count, long Attempts)> ListWorkEffects() => List(
        $"""SELECT "Model", count(*), max("InputTokens") FROM "UsageRecords" WHERE "AccountId" = '{ChainHandler.Account}' GROUP BY "Model" """,
        row => (row.GetString(0), (int)row.GetInt64(1), row.GetInt64(2)));

    /// <summary>The keys of the work that is not done.</summary>
    public IReadOnlyList<string> ListWaitingWork() =>
        List($"""SELECT "Key" FROM "DueWork" WHERE "Kind" = '{ChainHandler.Name}'""", row => row.GetString(0));

    /// <summary>The number of stored messages of each conversation.</summary>
    public IReadOnlyList<(string Conversation, long Messages)> CountMessages() =>
        List("""SELECT "ConversationId", count(*) FROM "Messages" GROUP BY 1""", row => (row.GetString(0), row.GetInt64(1)));

    /// <summary>The number of messages of each conversation by the counts of its days.</summary>
    public IReadOnlyList<(string Conversation, long Messages)> CountMessagesOfDays() => List(
        """
        SELECT "ConversationId", CAST(sum("UserMessages" + "BotMessages" + "Activities" + "OtherMessages") AS BIGINT)
        FROM "ConversationDays" GROUP BY 1
        """,
        row => (row.GetString(0), row.GetInt64(1)));

    public long CountTaskExecutions() => (long)Query("""SELECT count(*) FROM "TaskExecutions" """)!;

    /// <summary>Returns the number of executions that took several turns.</summary>
    public long CountInterruptedExecutions() => (long)Query(
        """SELECT count(*) FROM (SELECT "ConversationId" FROM "Runs" GROUP BY "ConversationId" HAVING count(*) > 1) AS several""")!;

    /// <summary>Returns the number of items of work of tasks that are not done.</summary>
    public long CountTaskWork() => (long)Query("""SELECT count(*) FROM "DueWork" WHERE "Kind" LIKE 'task-%'""")!;

    /// <summary>Returns how many descriptions of executions were stored for the conversation.</summary>
    public long CountTaskEnds(string conversationId) => (long)Query(
        $"""SELECT count(*) FROM "UsageRecords" WHERE "ConversationId" = '{conversationId}' AND "Messages" = 0""")!;

    public virtual ValueTask DisposeAsync()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens a connection that is independent of the server.</summary>
    protected abstract DbConnection Open();

    protected object? Query(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private List<T> List<T>(string sql, Func<DbDataReader, T> read)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var list = new List<T>();
        while (rows.Read())
            list.Add(read(rows));
        return list;
    }
}
