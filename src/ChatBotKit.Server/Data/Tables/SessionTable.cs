using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Data;

/// <summary>The table of sessions.</summary>
internal static class SessionTable
{
    /// <summary>Adds to what a session has used: its id, messages, tokens and bytes of attachments.</summary>
    public const string AddUse = """
        UPDATE "Sessions" SET "UsedMessages" = "UsedMessages" + $2, "UsedTokens" = "UsedTokens" + $3,
            "UsedAttachmentBytes" = "UsedAttachmentBytes" + $4
        WHERE "Id" = $1
        """;

    public static SqlTable<SessionEntity> Rows { get; } = new(
        "Sessions",
        [
            "Id", "AccountId", "ConversationId", "ContactId", "Permissions", "Origins", "Refreshable", "CreatedAt",
            "ExpiresAt", "AbsoluteExpiresAt", "DurationInSeconds", "Generation", "PreviousUntil", "Limits", "Meta",
            "UsedMessages", "UsedTokens", "UsedAttachmentBytes", "FirstUsedAt", "RefreshedAt", "RevokedAt",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            AccountId = row.GetString(1),
            ConversationId = row.GetString(2),
            ContactId = row.GetStringOrNull(3),
            Permissions = row.GetStringOrNull(4),
            Origins = row.GetStringOrNull(5),
            Refreshable = row.GetBoolean(6),
            CreatedAt = row.GetInt64(7),
            ExpiresAt = row.GetInt64(8),
            AbsoluteExpiresAt = row.GetInt64OrNull(9),
            DurationInSeconds = row.GetInt32(10),
            Generation = row.GetInt32(11),
            PreviousUntil = row.GetInt64OrNull(12),
            Limits = row.GetStringOrNull(13),
            Meta = row.GetStringOrNull(14),
            UsedMessages = row.GetInt32(15),
            UsedTokens = row.GetInt64(16),
            UsedAttachmentBytes = row.GetInt64(17),
            FirstUsedAt = row.GetInt64OrNull(18),
            RefreshedAt = row.GetInt64OrNull(19),
            RevokedAt = row.GetInt64OrNull(20),
        },
        static (row, to) => to.Fill(
            row.Id, row.AccountId, row.ConversationId, row.ContactId, row.Permissions, row.Origins, row.Refreshable,
            row.CreatedAt, row.ExpiresAt, row.AbsoluteExpiresAt, row.DurationInSeconds, row.Generation,
            row.PreviousUntil, row.Limits, row.Meta, row.UsedMessages, row.UsedTokens, row.UsedAttachmentBytes,
            row.FirstUsedAt, row.RefreshedAt, row.RevokedAt));
}
