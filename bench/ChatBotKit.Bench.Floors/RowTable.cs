namespace ChatBotKit.Bench.Floors;

/// <summary>A table with rows of the size of a message, a session or a conversation.</summary>
internal static class RowTable
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS "Rows" (
            "Id" TEXT NOT NULL PRIMARY KEY, "Parent" TEXT NOT NULL, "Position" INTEGER NOT NULL,
            "Type" TEXT NOT NULL, "Text" TEXT NOT NULL, "CreatedAt" INTEGER NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS "RowsOfParent" ON "Rows" ("Parent", "Position");
        """;

    private static readonly RowStatement InsertRow = new(
        """INSERT INTO "Rows" VALUES ($id, $parent, $position, $type, $text, $createdAt)""",
        "$id", "$parent", "$position", "$type", "$text", "$createdAt");

    public static RowWrite Insert(string id, string parent, long position, string type, string text, long createdAt) =>
        new(InsertRow, id, parent, position, type, text, createdAt);
}
