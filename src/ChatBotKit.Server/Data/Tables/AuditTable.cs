using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Data;

/// <summary>The table of audit records.</summary>
internal static class AuditTable
{
    public static SqlTable<AuditEntity> Rows { get; } = new(
        "AuditRecords",
        [
            "AccountId", "Number", "Id", "Type", "Code", "ActorKind", "ActorId", "SessionId", "ConversationId",
            "ContactId", "Address", "Origin", "Count", "CreatedAt", "PreviousHash", "Hash",
        ],
        static row => new()
        {
            AccountId = row.GetString(0),
            Number = row.GetInt64(1),
            Id = row.GetString(2),
            Type = row.GetString(3),
            Code = row.GetStringOrNull(4),
            ActorKind = row.GetString(5),
            ActorId = row.GetStringOrNull(6),
            SessionId = row.GetStringOrNull(7),
            ConversationId = row.GetStringOrNull(8),
            ContactId = row.GetStringOrNull(9),
            Address = row.GetStringOrNull(10),
            Origin = row.GetStringOrNull(11),
            Count = row.GetInt32(12),
            CreatedAt = row.GetInt64(13),
            PreviousHash = row.GetBytes(14),
            Hash = row.GetBytes(15),
        },
        static (row, to) => to.Fill(
            row.AccountId, row.Number, row.Id, row.Type, row.Code, row.ActorKind, row.ActorId, row.SessionId,
            row.ConversationId, row.ContactId, row.Address, row.Origin, row.Count, row.CreatedAt, row.PreviousHash,
            row.Hash),
        keys: 2);
}
