using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Errors;

/// <summary>The code and message of a failure, as an error body or an <c>error</c> line of a stream shows them.</summary>
internal sealed record ApiError(ErrorCode Code, string Message, TimeSpan? RetryAfter = null)
{
    /// <summary>The field of the request that is at fault, for the OpenAI protocol; null when none is named.</summary>
    public string? Param { get; init; }

    /// <summary>The member <c>details</c> of the error body, for programs; null for none.</summary>
    public JsonObject? Details { get; init; }

    /// <summary>
    /// Converts an exception to the error that the caller may see. Only messages that were written for callers are passed on;
    /// others are replaced.
    /// </summary>
    public static ApiError From(Exception exception) => exception switch
    {
        IApiFailure failure => failure.Error,
        BadHttpRequestException bad => FromFramework(bad),
        IOException io when IsOfTheDisk(io) => new(ErrorCode.ServiceUnavailable, "The disk does not take the file; try again later"),
        // A key that signs or encrypts is created when it is first needed, on a disk or in a database that may fail.
        CryptographicException { InnerException: { } cause } when From(cause) is { IsOfStorage: true } error => error,
        _ => new(ErrorCode.InternalServerError, "The server failed to handle the request; its log says more under this request's id"),
    };

    /// <summary>
    /// Converts an exception to the error that the holder of a session token may see. Failures of a model provider keep only their
    /// code, because the provider's words may name hosts, accounts or other people.
    /// </summary>
    public static ApiError ForEndUser(Exception exception) =>
        exception is IApiFailure failure ? failure.ErrorForEndUser : From(exception);

    /// <summary>The text that an end user sees in place of a provider's own message.</summary>
    public static string NeutralMessage(string code) => code switch
    {
        "PROVIDER_REFUSED" => "The model did not take this request. Trying again does not help; the operator of this service can see why.",
        "GATEWAY_TIMEOUT" => "The model did not answer in time. Try again later.",
        _ => "The model could not answer. Try again later.",
    };

    private bool IsOfStorage => Code == ErrorCode.ServiceUnavailable;

    public static ApiError OfStatus(int status)
    {
        var code = ErrorCode.OfStatus(status);
        return new(code, code.Code switch
        {
            "NOT_FOUND" => "Not found",
            "METHOD_NOT_ALLOWED" => "Method not allowed",
            "UNSUPPORTED_MEDIA_TYPE" => ApiException.UnsupportedMediaType().Message,
            "CONTENT_TOO_LARGE" => ApiException.ContentTooLarge().Message,
            _ when status == StatusCodes.Status416RangeNotSatisfiable => "The range begins after the end of the file; Content-Range has its length",
            _ => "The request failed",
        });
    }

    // EIO, ENOSPC, EROFS and EDQUOT; on Windows, ERROR_WRITE_PROTECT and ERROR_DISK_FULL.
    private static bool IsOfTheDisk(IOException exception) =>
        exception.HResult is 5 or 28 or 30 or 122 or unchecked((int)0x80070013) or unchecked((int)0x80070070);

    private static ApiError FromFramework(BadHttpRequestException exception) =>
        exception.StatusCode == StatusCodes.Status400BadRequest
            ? new(ErrorCode.BadRequest, exception.Message)
            : OfStatus(exception.StatusCode);
}
