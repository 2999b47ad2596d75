using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Sessions.Audit;

/// <summary>Reads the filter of audit records from a request.</summary>
internal static class AuditFilters
{
    private static readonly SessionAuditType[] Types =
    [
        SessionAuditType.Mint, SessionAuditType.Refresh, SessionAuditType.Revoke, SessionAuditType.Refuse,
        SessionAuditType.Use, SessionAuditType.RotateKey, SessionAuditType.RevokeKey, SessionAuditType.CreateToken,
        SessionAuditType.RevokeToken, SessionAuditType.RefuseToken, SessionAuditType.Backup, SessionAuditType.CreateUser,
        SessionAuditType.DeleteUser, SessionAuditType.Migrate, SessionAuditType.SetSecret, SessionAuditType.RevokeSecret,
        SessionAuditType.AllowClient,
    ];

    public static IEnumerable<string> TypeNames => Types.Select(type => type.Value);

    /// <exception cref="ApiException">400: the type is unknown.</exception>
    public static AuditFilter From(ListQuery query)
    {
        var type = query.Value("type");
        return type is null || Array.Exists(Types, known => known.Value == type)
            ? new(query.Value("sessionId"), query.Value("conversationId"), type)
            : throw ApiException.BadRequest($"\"type\" must be one of {string.Join(", ", Types)}");
    }
}
