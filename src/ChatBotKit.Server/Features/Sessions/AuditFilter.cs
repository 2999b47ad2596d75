using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Sessions;

/// <summary>Which audit records are asked for; null means any.</summary>
internal sealed record AuditFilter(string? SessionId, string? ConversationId, string? Type)
{
    private static readonly SessionAuditType[] Types =
    [
        SessionAuditType.Mint, SessionAuditType.Refresh, SessionAuditType.Revoke, SessionAuditType.Refuse,
        SessionAuditType.Use, SessionAuditType.RotateKey, SessionAuditType.RevokeKey, SessionAuditType.CreateToken,
        SessionAuditType.RevokeToken, SessionAuditType.RefuseToken, SessionAuditType.Backup,
    ];

    public static IEnumerable<string> TypeNames => Types.Select(type => type.Value);

    /// <exception cref="ApiException">400: a type that no record has.</exception>
    public static AuditFilter From(ListQuery query)
    {
        var type = query.Value("type");
        return type is null || Array.Exists(Types, known => known.Value == type)
            ? new(query.Value("sessionId"), query.Value("conversationId"), type)
            : throw ApiException.BadRequest($"\"type\" must be one of {string.Join(", ", Types)}");
    }

    public IQueryable<AuditEntity> Apply(IQueryable<AuditEntity> records)
    {
        if (SessionId is not null)
            records = records.Where(record => record.SessionId == SessionId);
        if (ConversationId is not null)
            records = records.Where(record => record.ConversationId == ConversationId);
        return Type is null ? records : records.Where(record => record.Type == Type);
    }
}
