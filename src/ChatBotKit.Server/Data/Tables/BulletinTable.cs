using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of the notes of blueprints. They are deleted with their blueprint.</summary>
internal static class BulletinTable
{
    /// <summary>How many notes a blueprint has. A bot that writes one in each run would fill the disk otherwise.</summary>
    public const int MaxKept = 50;

    public static SqlTable<BulletinRow> Rows { get; } = new(
        "Bulletins",
        ["Id", "BlueprintId", "Text", "Author", "BotId", "CreatedAt", "ExpiresAt"],
        static row => new()
        {
            Id = row.GetString(0),
            BlueprintId = row.GetString(1),
            Text = row.GetString(2),
            Author = row.GetStringOrNull(3),
            BotId = row.GetStringOrNull(4),
            CreatedAt = row.GetInt64(5),
            ExpiresAt = row.GetInt64(6),
        },
        static (row, to) => to.Fill(row.Id, row.BlueprintId, row.Text, row.Author, row.BotId, row.CreatedAt, row.ExpiresAt));

    /// <summary>Stores a new note, and deletes those of the blueprint that have expired, and the oldest ones beyond <see cref="MaxKept"/>.</summary>
    /// <exception cref="MissingParentException">The blueprint was deleted.</exception>
    public static async ValueTask AddBulletinAsync(this ISqlTransaction db, BulletinRow row)
    {
        await db.InsertAsync(Rows, row);
        await db.ExecuteAsync("""DELETE FROM "Bulletins" WHERE "BlueprintId" = $1 AND "ExpiresAt" <= $2""", row.BlueprintId, row.CreatedAt);
        await db.ExecuteAsync(
            """
            DELETE FROM "Bulletins" WHERE "BlueprintId" = $1 AND ("CreatedAt", "Id") <= (
                SELECT "CreatedAt", "Id" FROM "Bulletins" WHERE "BlueprintId" = $1 ORDER BY "CreatedAt" DESC, "Id" DESC LIMIT 1 OFFSET $2)
            """,
            row.BlueprintId, MaxKept);
    }
}
