namespace ChatBotKit.Server.Errors;

/// <summary>The <c>code</c> of an error response, and its HTTP status.</summary>
internal sealed record ErrorCode(string Code, int Status)
{
    public static readonly ErrorCode NotModified = new("NOT_MODIFIED", StatusCodes.Status304NotModified);
    public static readonly ErrorCode BadRequest = new("BAD_REQUEST", StatusCodes.Status400BadRequest);
    public static readonly ErrorCode NotAuthenticated = new("NOT_AUTHENTICATED", StatusCodes.Status401Unauthorized);
    public static readonly ErrorCode NoSubscription = new("NO_SUBSCRIPTION", StatusCodes.Status402PaymentRequired);
    public static readonly ErrorCode NotAuthorized = new("NOT_AUTHORIZED", StatusCodes.Status403Forbidden);
    public static readonly ErrorCode NotFound = new("NOT_FOUND", StatusCodes.Status404NotFound);
    public static readonly ErrorCode MethodNotAllowed = new("METHOD_NOT_ALLOWED", StatusCodes.Status405MethodNotAllowed);
    public static readonly ErrorCode Timeout = new("TIMEOUT", StatusCodes.Status408RequestTimeout);
    public static readonly ErrorCode Conflict = new("CONFLICT", StatusCodes.Status409Conflict);
    public static readonly ErrorCode IdempotencyKeyReused = new("IDEMPOTENCY_KEY_REUSED", StatusCodes.Status409Conflict);
    public static readonly ErrorCode ContentTooLarge = new("CONTENT_TOO_LARGE", StatusCodes.Status413PayloadTooLarge);
    public static readonly ErrorCode UnsupportedMediaType = new("UNSUPPORTED_MEDIA_TYPE", StatusCodes.Status415UnsupportedMediaType);
    public static readonly ErrorCode UnprocessableEntity = new("UNPROCESSABLE_ENTITY", StatusCodes.Status422UnprocessableEntity);
    public static readonly ErrorCode ProviderRefused = new("PROVIDER_REFUSED", StatusCodes.Status424FailedDependency);
    public static readonly ErrorCode TooManyRequests = new("TOO_MANY_REQUESTS", StatusCodes.Status429TooManyRequests);
    public static readonly ErrorCode LimitsReached = new("LIMITS_REACHED", StatusCodes.Status429TooManyRequests);
    public static readonly ErrorCode UsageLimit = new("USAGE_LIMIT", StatusCodes.Status429TooManyRequests);
    public static readonly ErrorCode SessionExpired = new("SESSION_EXPIRED", StatusCodes.Status401Unauthorized);
    public static readonly ErrorCode SessionRevoked = new("SESSION_REVOKED", StatusCodes.Status401Unauthorized);
    public static readonly ErrorCode SessionTokenReplaced = new("SESSION_TOKEN_REPLACED", StatusCodes.Status401Unauthorized);
    public static readonly ErrorCode OriginNotAllowed = new("ORIGIN_NOT_ALLOWED", StatusCodes.Status403Forbidden);
    public static readonly ErrorCode PermissionMissing = new("PERMISSION_MISSING", StatusCodes.Status403Forbidden);
    public static readonly ErrorCode SessionNotRefreshable = new("SESSION_NOT_REFRESHABLE", StatusCodes.Status403Forbidden);
    public static readonly ErrorCode ContactMismatch = new("CONTACT_MISMATCH", StatusCodes.Status403Forbidden);
    public static readonly ErrorCode SessionMessageLimit = new("SESSION_MESSAGE_LIMIT", StatusCodes.Status429TooManyRequests);
    public static readonly ErrorCode SessionTokenLimit = new("SESSION_TOKEN_LIMIT", StatusCodes.Status429TooManyRequests);
    public static readonly ErrorCode SessionRateLimit = new("SESSION_RATE_LIMIT", StatusCodes.Status429TooManyRequests);
    public static readonly ErrorCode SessionStreamLimit = new("SESSION_STREAM_LIMIT", StatusCodes.Status429TooManyRequests);
    public static readonly ErrorCode SessionAttachmentLimit = new("SESSION_ATTACHMENT_LIMIT", StatusCodes.Status429TooManyRequests);
    public static readonly ErrorCode InternalServerError = new("INTERNAL_SERVER_ERROR", StatusCodes.Status500InternalServerError);
    public static readonly ErrorCode GenericError = new("GENERIC_ERROR", StatusCodes.Status500InternalServerError);
    public static readonly ErrorCode NotImplemented = new("NOT_IMPLEMENTED", StatusCodes.Status501NotImplemented);
    public static readonly ErrorCode BadGateway = new("BAD_GATEWAY", StatusCodes.Status502BadGateway);
    public static readonly ErrorCode ServiceUnavailable = new("SERVICE_UNAVAILABLE", StatusCodes.Status503ServiceUnavailable);
    public static readonly ErrorCode GatewayTimeout = new("GATEWAY_TIMEOUT", StatusCodes.Status504GatewayTimeout);

    /// <summary>The code that an <c>error</c> event carries, with the HTTP status of the same error as a response.</summary>
    public static ErrorCode OfCode(string code) => code switch
    {
        "BAD_GATEWAY" => BadGateway,
        "PROVIDER_REFUSED" => ProviderRefused,
        "GATEWAY_TIMEOUT" => GatewayTimeout,
        "SERVICE_UNAVAILABLE" => ServiceUnavailable,
        "SESSION_TOKEN_LIMIT" => SessionTokenLimit,
        _ => InternalServerError,
    };

    /// <summary>The code for a status that the framework, not this server, has set.</summary>
    public static ErrorCode OfStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => NotAuthenticated,
        StatusCodes.Status403Forbidden => NotAuthorized,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status408RequestTimeout => Timeout,
        StatusCodes.Status413PayloadTooLarge => ContentTooLarge,
        StatusCodes.Status416RangeNotSatisfiable => new(BadRequest.Code, status),
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType,
        StatusCodes.Status429TooManyRequests => TooManyRequests,
        StatusCodes.Status503ServiceUnavailable => ServiceUnavailable,
        >= 500 => InternalServerError,
        _ => BadRequest,
    };
}
