using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Data;

/// <summary>The table of attachments.</summary>
internal static class AttachmentTable
{
    public static SqlTable<AttachmentEntity> Rows { get; } = new(
        "Attachments",
        [
            "Id", "AccountId", "ConversationId", "SessionId", "Name", "OriginalName", "ContentType", "Size", "Stored",
            "CreatedAt", "UpdatedAt",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            AccountId = row.GetString(1),
            ConversationId = row.GetString(2),
            SessionId = row.GetStringOrNull(3),
            Name = row.GetString(4),
            OriginalName = row.GetStringOrNull(5),
            ContentType = row.GetString(6),
            Size = row.GetInt64(7),
            Stored = row.GetBoolean(8),
            CreatedAt = row.GetInt64(9),
            UpdatedAt = row.GetInt64(10),
        },
        static (row, to) => to.Fill(
            row.Id, row.AccountId, row.ConversationId, row.SessionId, row.Name, row.OriginalName, row.ContentType,
            row.Size, row.Stored, row.CreatedAt, row.UpdatedAt));
}
