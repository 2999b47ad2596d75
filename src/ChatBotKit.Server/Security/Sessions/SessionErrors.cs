using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>The errors with which the holder of a session token is refused.</summary>
internal static class SessionErrors
{
    public static ApiException Expired() => new(ErrorCode.SessionExpired, "The session has expired");

    public static ApiException Revoked() => new(ErrorCode.SessionRevoked, "The session was revoked");

    /// <summary>The error for open streams of a deleted session. A new request gets the error for an unknown session.</summary>
    public static ApiException Gone() => new(ErrorCode.SessionRevoked, "The session was deleted with its conversation");

    public static ApiException TokenReplaced() =>
        new(ErrorCode.SessionTokenReplaced, "The session has a newer token, and this one is no longer accepted");

    public static ApiException NotRefreshable() =>
        new(ErrorCode.SessionNotRefreshable, "The session is not refreshable; only its owner can refresh it");

    public static ApiException PermissionMissing(SessionPermissions missing) => new(
        ErrorCode.PermissionMissing,
        $"The session lacks the permission {string.Join(", ", SessionPermissionNames.Of(missing))}");

    public static ApiException TooManyStreams(int limit) => new(
        ErrorCode.SessionStreamLimit,
        $"The session may have {limit} open stream(s) at a time; close one first",
        TimeSpan.FromSeconds(1));
}
