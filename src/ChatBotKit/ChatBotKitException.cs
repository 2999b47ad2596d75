using System.Net;

namespace ChatBotKit;

/// <summary>
/// The one exception for calls that failed: refused by the server, not understood, lost or too late. A call that was
/// cancelled throws <see cref="OperationCanceledException"/> instead.
/// </summary>
/// <remarks>
/// Each operation names the codes that are its own. Any call can also fail with these: <see cref="ErrorCodes.NotAuthenticated"/>
/// (the credential is missing, expired, or not good for the operation), <see cref="ErrorCodes.NotAuthorized"/> (the caller may
/// not do this), <see cref="ErrorCodes.OriginNotAllowed"/>, <see cref="ErrorCodes.SessionExpired"/>,
/// <see cref="ErrorCodes.SessionRevoked"/>, <see cref="ErrorCodes.SessionTokenReplaced"/> and
/// <see cref="ErrorCodes.SessionRateLimit"/> (calls with a session token), <see cref="ErrorCodes.ContentTooLarge"/>,
/// <see cref="ErrorCodes.TooManyRequests"/>, <see cref="ErrorCodes.Timeout"/>, <see cref="ErrorCodes.InternalServerError"/>,
/// <see cref="ErrorCodes.NotImplemented"/>, <see cref="ErrorCodes.BadGateway"/>, <see cref="ErrorCodes.ServiceUnavailable"/>,
/// <see cref="ErrorCodes.GatewayTimeout"/>, <see cref="ClientErrorCodes.ConnectionFailed"/>,
/// <see cref="ClientErrorCodes.ConnectionLost"/> and <see cref="ClientErrorCodes.InvalidResponse"/>.
/// </remarks>
public sealed class ChatBotKitException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="ChatBotKitException"/> class without details.</summary>
    public ChatBotKitException()
        : this("The request failed.")
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ChatBotKitException"/> class with a message and the code
    /// <see cref="ErrorCodes.GenericError"/>.
    /// </summary>
    /// <param name="message">The message.</param>
    public ChatBotKitException(string message)
        : this(message, ErrorCodes.GenericError)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ChatBotKitException"/> class with a message, a cause and the code
    /// <see cref="ErrorCodes.GenericError"/>.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public ChatBotKitException(string message, Exception? innerException)
        : this(message, ErrorCodes.GenericError, innerException)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ChatBotKitException"/> class with a message and a code.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="code">The error code.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public ChatBotKitException(string message, string code, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>Gets what went wrong, for people, and the address that was called, without credentials and query.</summary>
    /// <remarks>The address shows at once that a call went to another server than the one that was meant.</remarks>
    public override string Message => RequestUri is { IsAbsoluteUri: true } address
        ? $"{base.Message}{(base.Message is [.., '.' or '!' or '?'] ? "" : ".")} Address: {Plain(address)}"
        : base.Message;

    /// <summary>Gets what went wrong, for programs: one of <see cref="ErrorCodes"/>, <see cref="ClientErrorCodes"/> or a newer one.</summary>
    public string Code { get; }

    /// <summary>Gets the HTTP status, also 200 when the error came in the body; null when there was no answer.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>Gets the address that was called, without the query when that may carry a permission.</summary>
    public Uri? RequestUri { get; init; }

    /// <summary>Gets the id under which the server's own records have this call; null when the server gives none.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets how long the server asks to wait before the next try; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets the beginning of the answer's body, at most 16 KiB; null when there was none.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>Gets whether the same call may well succeed later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Gets whether the API itself has told of the failure, and nobody on the way to it.</summary>
    internal bool IsOfApi { get; init; }

    private static string Plain(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
