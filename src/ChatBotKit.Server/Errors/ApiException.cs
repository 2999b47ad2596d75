using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Errors;

/// <summary>
/// Ends a request with an error response. The caller sees the message, so it must contain no secret and no text of a conversation's
/// message.
/// </summary>
internal sealed class ApiException(ErrorCode code, string message, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner), IApiFailure
{
    ApiError IApiFailure.Error => new(Code, Message, RetryAfter) { Details = Details };

    public ErrorCode Code { get; } = code;

    /// <summary>How long the caller should wait before it repeats the request; null when unknown.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>The member <c>details</c> of the error body, for programs; null for none.</summary>
    public JsonObject? Details { get; init; }

    /// <param name="what">
    /// The kind of the missing thing, for example <c>Conversation</c>. Things of other accounts and unknown things get the same
    /// error.
    /// </param>
    public static ApiException NotFound(string what) => new(ErrorCode.NotFound, $"{what} not found");

    public static ApiException BadRequest(string message) => new(ErrorCode.BadRequest, message);

    public static ApiException NotAuthenticated(string message = "Not authenticated") => new(ErrorCode.NotAuthenticated, message);

    public static ApiException NotAuthorized(string message = "Not authorized") => new(ErrorCode.NotAuthorized, message);

    public static ApiException Conflict(string message) => new(ErrorCode.Conflict, message);

    public static ApiException LimitsReached(string message, TimeSpan? retryAfter = null) =>
        new(ErrorCode.LimitsReached, message, retryAfter);

    public static ApiException TooManyRequests(string message, TimeSpan? retryAfter = null) =>
        new(ErrorCode.TooManyRequests, message, retryAfter);

    public static ApiException ServiceUnavailable(string message, TimeSpan? retryAfter = null) =>
        new(ErrorCode.ServiceUnavailable, message, retryAfter);

    public static ApiException UnsupportedMediaType() =>
        new(ErrorCode.UnsupportedMediaType, "The content type must be application/json");

    public static ApiException ContentTooLarge() => new(ErrorCode.ContentTooLarge, "The request body is too large");
}
