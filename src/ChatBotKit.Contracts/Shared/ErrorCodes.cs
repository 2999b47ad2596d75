namespace ChatBotKit;

/// <summary>The values of <see cref="ErrorResponse.Code"/>. A server may send others.</summary>
public static class ErrorCodes
{
    /// <summary>Nothing was changed (304).</summary>
    public const string NotModified = "NOT_MODIFIED";

    /// <summary>The request is malformed, or a field is not valid (400).</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>The credential is missing, expired, revoked or not valid for this route (401).</summary>
    public const string NotAuthenticated = "NOT_AUTHENTICATED";

    /// <summary>The model or feature is not part of the account's plan (402).</summary>
    public const string NoSubscription = "NO_SUBSCRIPTION";

    /// <summary>The caller is not allowed to do this (403).</summary>
    public const string NotAuthorized = "NOT_AUTHORIZED";

    /// <summary>The resource does not exist, or it belongs to another account (404).</summary>
    public const string NotFound = "NOT_FOUND";

    /// <summary>The operation is part of the API, but the server, an earlier version, does not support it (404).</summary>
    public const string NotServed = "NOT_SERVED";

    /// <summary>The route exists with another HTTP method (405).</summary>
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";

    /// <summary>The operation took too long (408, or a timeout of the client).</summary>
    public const string Timeout = "TIMEOUT";

    /// <summary>The change conflicts with another change or with a unique value (409).</summary>
    public const string Conflict = "CONFLICT";

    /// <summary>The request is larger than the server accepts (413).</summary>
    public const string ContentTooLarge = "CONTENT_TOO_LARGE";

    /// <summary>The request is well formed but cannot be carried out (422).</summary>
    public const string UnprocessableEntity = "UNPROCESSABLE_ENTITY";

    /// <summary>Too many requests were sent in a short time (429).</summary>
    public const string TooManyRequests = "TOO_MANY_REQUESTS";

    /// <summary>A limit of the account or session is reached (429).</summary>
    public const string LimitsReached = "LIMITS_REACHED";

    /// <summary>A policy blocks the bot or the account, because it has used what the policy allows (429).</summary>
    public const string UsageLimit = "USAGE_LIMIT";

    /// <summary>The session has expired (401).</summary>
    public const string SessionExpired = "SESSION_EXPIRED";

    /// <summary>The session was revoked (401).</summary>
    public const string SessionRevoked = "SESSION_REVOKED";

    /// <summary>The session was refreshed, and this older token is no longer valid (401).</summary>
    public const string SessionTokenReplaced = "SESSION_TOKEN_REPLACED";

    /// <summary>The session does not allow the web origin of the request (403).</summary>
    public const string OriginNotAllowed = "ORIGIN_NOT_ALLOWED";

    /// <summary>The session does not have the permission that the route requires (403).</summary>
    public const string PermissionMissing = "PERMISSION_MISSING";

    /// <summary>The session is not refreshable by its holder (403).</summary>
    public const string SessionNotRefreshable = "SESSION_NOT_REFRESHABLE";

    /// <summary>The session belongs to another contact than the one in the request (403).</summary>
    public const string ContactMismatch = "CONTACT_MISMATCH";

    /// <summary>The session has reached its limit of messages (429).</summary>
    public const string SessionMessageLimit = "SESSION_MESSAGE_LIMIT";

    /// <summary>The session has reached its limit of model tokens (429).</summary>
    public const string SessionTokenLimit = "SESSION_TOKEN_LIMIT";

    /// <summary>The session has reached its limit of requests per minute (429).</summary>
    public const string SessionRateLimit = "SESSION_RATE_LIMIT";

    /// <summary>The session has reached its limit of open streams (429).</summary>
    public const string SessionStreamLimit = "SESSION_STREAM_LIMIT";

    /// <summary>The session has reached its limit of attached bytes (429).</summary>
    public const string SessionAttachmentLimit = "SESSION_ATTACHMENT_LIMIT";

    /// <summary>The server failed (500).</summary>
    public const string InternalServerError = "INTERNAL_SERVER_ERROR";

    /// <summary>The server does not support this (501).</summary>
    public const string NotImplemented = "NOT_IMPLEMENTED";

    /// <summary>An upstream server failed (502).</summary>
    public const string BadGateway = "BAD_GATEWAY";

    /// <summary>The provider of the model refused the request, and would refuse it again (424 or an event).</summary>
    public const string ProviderRefused = "PROVIDER_REFUSED";

    /// <summary>The server is temporarily not available (503).</summary>
    public const string ServiceUnavailable = "SERVICE_UNAVAILABLE";

    /// <summary>An upstream server took too long (504).</summary>
    public const string GatewayTimeout = "GATEWAY_TIMEOUT";

    /// <summary>A run failed, and the server does not reveal why (500 or an event).</summary>
    public const string GenericError = "GENERIC_ERROR";

    /// <summary>The content was refused by moderation (an event).</summary>
    public const string ContentModeration = "CONTENT_MODERATION";

    /// <summary>No answer arrived on a channel in time (an event).</summary>
    public const string NoMessageReceived = "no_message_received";

    /// <summary>The wait for an answer on a channel was canceled (an event).</summary>
    public const string NoMessageReceivedAborted = "no_message_received_aborted";

    /// <summary>Another operation is in progress on a realtime connection (an event).</summary>
    public const string RealtimeBusy = "realtime_busy";
}
