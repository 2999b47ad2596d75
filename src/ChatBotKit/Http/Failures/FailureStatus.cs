using System.Net;

namespace ChatBotKit;

/// <summary>Decides what a status or an error code means for the call.</summary>
internal static class FailureStatus
{
    /// <summary>A redirect. Redirects are never followed. Browsers report one as status 0.</summary>
    public static bool IsRedirect(HttpResponseMessage response) => (int)response.StatusCode is 0 or (>= 300 and < 400 and not 304);

    /// <summary>Whether the same call can succeed later. The statuses from 520 on are those of proxies and content networks.</summary>
    public static bool IsTransient(HttpStatusCode status) => (int)status switch
    {
        408 or 425 or 429 => true,
        500 or 502 or 503 or 504 or 509 => true,
        >= 520 and <= 524 or 527 or 529 or 530 or 598 or 599 => true,
        _ => false,
    };

    /// <summary>Whether the error code inside an answer means that the same call can succeed later.</summary>
    public static bool IsTransient(string code) => code is ErrorCodes.TooManyRequests or ErrorCodes.LimitsReached
        or ErrorCodes.SessionRateLimit or ErrorCodes.SessionStreamLimit
        or ErrorCodes.InternalServerError or ErrorCodes.BadGateway or ErrorCodes.ServiceUnavailable or ErrorCodes.GatewayTimeout
        or ErrorCodes.Timeout;

    /// <summary>The codes that mean a permanent failure although their status (429 or 5xx) usually means a temporary one.</summary>
    public static bool IsLasting(string code) => code is ErrorCodes.UsageLimit or ErrorCodes.SessionMessageLimit or ErrorCodes.SessionTokenLimit
        or ErrorCodes.SessionAttachmentLimit or ErrorCodes.NotImplemented or ErrorCodes.ContentModeration
        or ErrorCodes.NoSubscription or ErrorCodes.BadRequest or ErrorCodes.UnprocessableEntity or ErrorCodes.NotAuthorized;

    /// <summary>Whether the status means that the call was not handled, so that even a POST can be sent again.</summary>
    public static bool IsUnhandled(HttpStatusCode? status) => (int?)status is 425 or 429 or 503 or 529;

    public static string CodeOf(HttpStatusCode status) => (int)status switch
    {
        < 200 or 511 => ClientErrorCodes.InvalidResponse,
        304 => ErrorCodes.NotModified,
        400 => ErrorCodes.BadRequest,
        401 => ErrorCodes.NotAuthenticated,
        402 => ErrorCodes.NoSubscription,
        403 => ErrorCodes.NotAuthorized,
        404 => ErrorCodes.NotFound,
        405 => ErrorCodes.MethodNotAllowed,
        // A proxy requires a credential, so the server has not received the call.
        407 => ClientErrorCodes.ConnectionFailed,
        408 => ErrorCodes.Timeout,
        409 => ErrorCodes.Conflict,
        413 => ErrorCodes.ContentTooLarge,
        422 => ErrorCodes.UnprocessableEntity,
        429 => ErrorCodes.TooManyRequests,
        500 => ErrorCodes.InternalServerError,
        501 => ErrorCodes.NotImplemented,
        502 or 520 or 525 or 526 or 527 => ErrorCodes.BadGateway,
        425 or 503 or 509 or 521 or 523 or 529 or 530 => ErrorCodes.ServiceUnavailable,
        504 or 522 or 524 or 598 or 599 => ErrorCodes.GatewayTimeout,
        _ => ErrorCodes.GenericError,
    };
}
