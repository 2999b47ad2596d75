using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of extracted data. It is deleted with its integration and with its conversation.</summary>
internal static class ExtractItemTable
{
    public static SqlTable<ExtractItemRow> Rows { get; } = new(
        "ExtractItems",
        ["Id", "IntegrationId", "ConversationId", "Data", "CreatedAt", "UpdatedAt"],
        static row => new()
        {
            Id = row.GetString(0),
            IntegrationId = row.GetString(1),
            ConversationId = row.GetString(2),
            Data = row.GetString(3),
            CreatedAt = row.GetInt64(4),
            UpdatedAt = row.GetInt64(5),
        },
        static (row, to) => to.Fill(row.Id, row.IntegrationId, row.ConversationId, row.Data, row.CreatedAt, row.UpdatedAt));

    /// <summary>Stores the data of a conversation, instead of what was extracted from it before. The time of creation stays.</summary>
    public static async ValueTask PutExtractItemAsync(this ISqlTransaction db, ExtractItemRow row) => await db.ExecuteAsync(
        """
        INSERT INTO "ExtractItems" ("Id", "IntegrationId", "ConversationId", "Data", "CreatedAt", "UpdatedAt") VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT ("Id") DO UPDATE SET "Data" = excluded."Data", "UpdatedAt" = excluded."UpdatedAt"
        """,
        row.Id, row.IntegrationId, row.ConversationId, row.Data, row.CreatedAt, row.UpdatedAt);
}
