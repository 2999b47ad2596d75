using System.Net;

namespace ChatBotKit;

/// <summary>
/// The exception that is thrown when a call fails: the server refuses it, the answer cannot be read, the connection breaks,
/// or a timeout elapses. A canceled call throws <see cref="OperationCanceledException"/> instead.
/// </summary>
/// <remarks>
/// Each operation documents its own codes. Any call can also fail with these: <see cref="ErrorCodes.NotAuthenticated"/>
/// (the credential is missing, expired, or not valid for the operation), <see cref="ErrorCodes.NotAuthorized"/> (the caller
/// may not do this), <see cref="ErrorCodes.OriginNotAllowed"/>, <see cref="ErrorCodes.SessionExpired"/>,
/// <see cref="ErrorCodes.SessionRevoked"/>, <see cref="ErrorCodes.SessionTokenReplaced"/> and
/// <see cref="ErrorCodes.SessionRateLimit"/> (calls with a session token), <see cref="ErrorCodes.ContentTooLarge"/>,
/// <see cref="ErrorCodes.TooManyRequests"/>, <see cref="ErrorCodes.Timeout"/>,
/// <see cref="ErrorCodes.InternalServerError"/>, <see cref="ErrorCodes.NotImplemented"/>,
/// <see cref="ErrorCodes.BadGateway"/>, <see cref="ErrorCodes.ServiceUnavailable"/>,
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

    /// <summary>Gets the message, followed by the address that was called, without credentials and query.</summary>
    /// <remarks>The message includes the address, so that a call to the wrong server is easy to see.</remarks>
    public override string Message => RequestUri is { IsAbsoluteUri: true } address
        ? $"{base.Message}{(base.Message is [.., '.' or '!' or '?'] ? "" : ".")} Address: {Plain(address)}"
        : base.Message;

    /// <summary>
    /// Gets the error code: one of <see cref="ErrorCodes"/> or <see cref="ClientErrorCodes"/>, or a code that this version
    /// does not know.
    /// </summary>
    public string Code { get; }

    /// <summary>
    /// Gets the HTTP status; null when there was no answer. It is 200 when the error was part of the body of a successful
    /// answer.
    /// </summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>Gets the address that was called, without its query when the query may grant access.</summary>
    public Uri? RequestUri { get; init; }

    /// <summary>Gets the id of the request in the logs of the server; null when the server sends none.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets the delay before the next try that the server asked for; null when it named none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets the first 256 KiB of the response body; null when there was none.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>Gets whether the same call can succeed later, so that a retry makes sense.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Gets whether the API itself reported the failure, and not a proxy before it.</summary>
    internal bool IsOfApi { get; init; }

    private static string Plain(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
