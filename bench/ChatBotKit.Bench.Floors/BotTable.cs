namespace ChatBotKit.Bench.Floors;

/// <summary>A table for bots only, with a column for each field.</summary>
internal static class BotTable
{
    /// <summary>The pragmas are those of the server that the other floors leave at their defaults.</summary>
    public const string Schema = """
        PRAGMA temp_store = MEMORY;
        PRAGMA wal_autocheckpoint = 8000;
        PRAGMA journal_size_limit = 67108864;
        CREATE TABLE IF NOT EXISTS "Bots" (
            "Id" TEXT NOT NULL PRIMARY KEY, "AccountId" TEXT NOT NULL, "Name" TEXT NOT NULL, "Description" TEXT NOT NULL,
            "Backstory" TEXT NOT NULL, "Model" TEXT NOT NULL, "SkillsetId" TEXT, "Meta" TEXT,
            "CreatedAt" INTEGER NOT NULL, "UpdatedAt" INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS "BotsOfAccount" ON "Bots" ("AccountId", "CreatedAt", "Id");
        CREATE INDEX IF NOT EXISTS "BotsOfSkillset" ON "Bots" ("SkillsetId", "CreatedAt", "Id");
        """;

    /// <summary>Returns the query for a page of the bots that match a condition, newest first.</summary>
    public static string List(string condition) => $"""
        SELECT "Id", "Name", "Description", "Backstory", "Model", "SkillsetId", "Meta", "CreatedAt", "UpdatedAt" FROM "Bots"
        WHERE "AccountId" = $account {condition} ORDER BY "CreatedAt" DESC, "Id" DESC LIMIT $take
        """;

    private static readonly RowStatement InsertBot = new(
        """INSERT INTO "Bots" VALUES ($id, $account, $name, $description, $backstory, $model, $skillset, $meta, $now, $now)""",
        "$id", "$account", "$name", "$description", "$backstory", "$model", "$skillset", "$meta", "$now");

    private static readonly RowStatement UpdateBot = new(
        """
        UPDATE "Bots" SET "Name" = coalesce($name, "Name"), "Backstory" = coalesce($backstory, "Backstory"), "UpdatedAt" = $now
        WHERE "Id" = $id AND "AccountId" = $account
        """,
        "$id", "$account", "$name", "$backstory", "$now");

    public static RowWrite Insert(string id, string account, FloorBot bot, long now) => new(
        InsertBot, id, account, bot.Name, bot.Description, bot.Backstory, bot.Model, bot.SkillsetId, bot.Meta.GetRawText(), now);

    public static RowWrite Update(string id, string account, FloorBotChange change, long now) =>
        new(UpdateBot, id, account, change.Name, change.Backstory, now);
}
