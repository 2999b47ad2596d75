using Microsoft.Data.Sqlite;

namespace ChatBotKit.Bench.Floors;

/// <summary>One row, of the size of a message, a session or a conversation.</summary>
internal sealed class RowInsert(string id, string parent, long position, string type, string text, long createdAt)
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS "Rows" (
            "Id" TEXT NOT NULL PRIMARY KEY, "Parent" TEXT NOT NULL, "Position" INTEGER NOT NULL,
            "Type" TEXT NOT NULL, "Text" TEXT NOT NULL, "CreatedAt" INTEGER NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS "RowsOfParent" ON "Rows" ("Parent", "Position");
        """;

    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Committed => _committed.Task;

    public static SqliteCommand Prepare(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = """INSERT INTO "Rows" VALUES ($id, $parent, $position, $type, $text, $createdAt)""";
        foreach (var name in new[] { "$id", "$parent", "$position", "$type", "$text", "$createdAt" })
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        command.Prepare();
        return command;
    }

    public void Execute(SqliteCommand command)
    {
        object[] values = [id, parent, position, type, text, createdAt];
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    public void Complete() => _committed.TrySetResult();
}
