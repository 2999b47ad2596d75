namespace ChatBotKit;

/// <summary>The values of <see cref="ErrorResponse.Code"/>. A server may send others.</summary>
public static class ErrorCodes
{
    /// <summary>Nothing was changed (304).</summary>
    public const string NotModified = "NOT_MODIFIED";

    /// <summary>The request is malformed or a field is not acceptable (400).</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>The credential is missing, expired, revoked or not good for this route (401).</summary>
    public const string NotAuthenticated = "NOT_AUTHENTICATED";

    /// <summary>The model or feature is not part of the account's plan (402).</summary>
    public const string NoSubscription = "NO_SUBSCRIPTION";

    /// <summary>The caller is known but may not do this (403).</summary>
    public const string NotAuthorized = "NOT_AUTHORIZED";

    /// <summary>There is no such thing, or it belongs to somebody else (404).</summary>
    public const string NotFound = "NOT_FOUND";

    /// <summary>The operation is part of the API, and this server does not serve it (404).</summary>
    public const string NotServed = "NOT_SERVED";

    /// <summary>The route exists with another HTTP method (405).</summary>
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";

    /// <summary>The operation took too long (408, or given up by the client).</summary>
    public const string Timeout = "TIMEOUT";

    /// <summary>The change collides with another one or with a unique value (409).</summary>
    public const string Conflict = "CONFLICT";

    /// <summary>The request is larger than the server takes (413).</summary>
    public const string ContentTooLarge = "CONTENT_TOO_LARGE";

    /// <summary>The request is well formed but cannot be carried out (422).</summary>
    public const string UnprocessableEntity = "UNPROCESSABLE_ENTITY";

    /// <summary>There were too many requests in a short time (429).</summary>
    public const string TooManyRequests = "TOO_MANY_REQUESTS";

    /// <summary>A limit of the account or session is used up (429).</summary>
    public const string LimitsReached = "LIMITS_REACHED";

    /// <summary>The session's time is over (401).</summary>
    public const string SessionExpired = "SESSION_EXPIRED";

    /// <summary>The session was ended before its time (401).</summary>
    public const string SessionRevoked = "SESSION_REVOKED";

    /// <summary>The session was refreshed, and this is an older token whose overlap is over (401).</summary>
    public const string SessionTokenReplaced = "SESSION_TOKEN_REPLACED";

    /// <summary>The session is bound to other web origins (403).</summary>
    public const string OriginNotAllowed = "ORIGIN_NOT_ALLOWED";

    /// <summary>The session was made without the permission that the route needs (403).</summary>
    public const string PermissionMissing = "PERMISSION_MISSING";

    /// <summary>The session was not made refreshable, so only its owner can refresh it (403).</summary>
    public const string SessionNotRefreshable = "SESSION_NOT_REFRESHABLE";

    /// <summary>The session belongs to another contact than the one it tries to act for (403).</summary>
    public const string ContactMismatch = "CONTACT_MISMATCH";

    /// <summary>The session has sent as many messages as it may (429).</summary>
    public const string SessionMessageLimit = "SESSION_MESSAGE_LIMIT";

    /// <summary>The session has used as many model tokens as it may (429).</summary>
    public const string SessionTokenLimit = "SESSION_TOKEN_LIMIT";

    /// <summary>The session has sent as many requests as it may within a minute (429).</summary>
    public const string SessionRateLimit = "SESSION_RATE_LIMIT";

    /// <summary>The session has as many streams open as it may (429).</summary>
    public const string SessionStreamLimit = "SESSION_STREAM_LIMIT";

    /// <summary>The session has added as many bytes of files as it may (429).</summary>
    public const string SessionAttachmentLimit = "SESSION_ATTACHMENT_LIMIT";

    /// <summary>The server failed (500).</summary>
    public const string InternalServerError = "INTERNAL_SERVER_ERROR";

    /// <summary>The server does not offer this (501).</summary>
    public const string NotImplemented = "NOT_IMPLEMENTED";

    /// <summary>A server behind the server failed (502).</summary>
    public const string BadGateway = "BAD_GATEWAY";

    /// <summary>The provider of the model refused the request, and would refuse it again (424 or an event).</summary>
    public const string ProviderRefused = "PROVIDER_REFUSED";

    /// <summary>The server cannot answer at the moment (503).</summary>
    public const string ServiceUnavailable = "SERVICE_UNAVAILABLE";

    /// <summary>A server behind the server took too long (504).</summary>
    public const string GatewayTimeout = "GATEWAY_TIMEOUT";

    /// <summary>Something failed in a run and the reason is not to be shown (500 or an event).</summary>
    public const string GenericError = "GENERIC_ERROR";

    /// <summary>The content was refused by moderation (an event).</summary>
    public const string ContentModeration = "CONTENT_MODERATION";

    /// <summary>Nobody answered on a channel in time (an event).</summary>
    public const string NoMessageReceived = "no_message_received";

    /// <summary>Waiting for an answer on a channel was given up (an event).</summary>
    public const string NoMessageReceivedAborted = "no_message_received_aborted";

    /// <summary>Another operation is under way on a realtime connection (an event).</summary>
    public const string RealtimeBusy = "realtime_busy";
}
