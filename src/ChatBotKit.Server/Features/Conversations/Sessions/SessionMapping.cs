using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Sessions;

internal static class SessionMapping
{
    /// <param name="row">The session.</param>
    /// <param name="caller">The caller. The holder of the session does not get the owner's meta.</param>
    /// <param name="now">The time for which the status is determined.</param>
    public static SessionItem ToItem(this SessionRow row, Caller caller, long now) => new()
    {
        Id = row.Id,
        ConversationId = row.ConversationId,
        ContactId = row.ContactId,
        Status = StatusOf(row, now),
        Permissions = [.. SessionPermissionNames.Of(SessionPermissionNames.Parse(row.Permissions)).Select(name => new SessionPermission(name))],
        Origins = Session.OriginsOf(row),
        Limits = Session.LimitsOf(row),
        Usage = new SessionUsage { Messages = row.UsedMessages, Tokens = row.UsedTokens, AttachmentBytes = row.UsedAttachmentBytes },
        Refreshable = row.Refreshable,
        Meta = caller.IsTrusted ? MetaJson.Parse(row.Meta) : null,
        CreatedAt = Moment(row.CreatedAt),
        ExpiresAt = Moment(row.ExpiresAt),
        RefreshableUntil = Moment(row.AbsoluteExpiresAt),
        FirstUsedAt = Moment(row.FirstUsedAt),
        RefreshedAt = Moment(row.RefreshedAt),
        RevokedAt = Moment(row.RevokedAt),
    };

    private static SessionStatus StatusOf(SessionRow row, long now)
    {
        if (row.RevokedAt is not null)
            return SessionStatus.Revoked;
        return row.ExpiresAt <= now ? SessionStatus.Expired : SessionStatus.Active;
    }

    private static DateTimeOffset Moment(long value) => DateTimeOffset.FromUnixTimeMilliseconds(value);

    private static DateTimeOffset? Moment(long? value) => value is { } moment ? Moment(moment) : null;
}
