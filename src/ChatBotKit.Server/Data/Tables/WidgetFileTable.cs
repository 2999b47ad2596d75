namespace ChatBotKit.Server.Data;

/// <summary>The table of the pictures of widgets. They are deleted with their widget and with their file.</summary>
internal static class WidgetFileTable
{
    /// <summary>Puts a file into a place of a widget, instead of the one that is there.</summary>
    /// <exception cref="MissingParentException">The widget or the file was deleted.</exception>
    public static async ValueTask PutWidgetFileAsync(this ISqlTransaction db, string widgetId, string type, string fileId) => await db.ExecuteAsync(
        """
        INSERT INTO "WidgetFiles" ("WidgetId", "Type", "FileId") VALUES ($1, $2, $3)
        ON CONFLICT ("WidgetId", "Type") DO UPDATE SET "FileId" = excluded."FileId"
        """,
        widgetId, type, fileId);

    /// <summary>Returns the first place of a widget that holds a file; null when none does.</summary>
    public static ValueTask<string?> FindWidgetPlaceAsync(this ISqlSession db, string widgetId, string fileId) => db.FirstAsync(
        """SELECT "Type" FROM "WidgetFiles" WHERE "WidgetId" = $1 AND "FileId" = $2 ORDER BY "Type" LIMIT 1""",
        static row => row.GetStringOrNull(0), widgetId, fileId);

    /// <summary>Returns the contents of the files in the places of a widget, at most one for each place.</summary>
    public static ValueTask<List<WidgetPicture>> ListWidgetPicturesAsync(this ISqlSession db, string widgetId) => db.ListAsync(
        """
        SELECT w."Type", c."ResourceId", c."BlobId", c."ContentType", c."Size" FROM "WidgetFiles" w
        JOIN "Contents" c ON c."ResourceId" = w."FileId" AND c."Path" = ''
        WHERE w."WidgetId" = $1 AND c."BlobId" IS NOT NULL ORDER BY w."Type"
        """,
        static row => new WidgetPicture(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4)), widgetId);

    /// <summary>Takes a file out of all places of a widget.</summary>
    public static async ValueTask RemoveWidgetFileAsync(this ISqlTransaction db, string widgetId, string fileId) =>
        await db.ExecuteAsync("""DELETE FROM "WidgetFiles" WHERE "WidgetId" = $1 AND "FileId" = $2""", widgetId, fileId);
}

/// <summary>The content of a file in a place of a widget.</summary>
internal sealed record WidgetPicture(string Place, string FileId, string BlobId, string ContentType, long Size);
