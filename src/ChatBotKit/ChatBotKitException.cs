using System.Net;

namespace ChatBotKit;

/// <summary>
/// The one exception for calls that failed: refused by the server, not understood, lost or too late. A call that was
/// cancelled throws <see cref="OperationCanceledException"/> instead.
/// </summary>
public sealed class ChatBotKitException : Exception
{
    /// <summary>Makes an exception without details.</summary>
    public ChatBotKitException()
        : this("The call failed.")
    {
    }

    /// <summary>Makes an exception with a message and the code <see cref="ErrorCodes.GenericError"/>.</summary>
    /// <param name="message">What went wrong, for people.</param>
    public ChatBotKitException(string message)
        : this(message, ErrorCodes.GenericError)
    {
    }

    /// <summary>Makes an exception with a message, a cause and the code <see cref="ErrorCodes.GenericError"/>.</summary>
    /// <param name="message">What went wrong, for people.</param>
    /// <param name="innerException">The cause.</param>
    public ChatBotKitException(string message, Exception? innerException)
        : this(message, ErrorCodes.GenericError, innerException)
    {
    }

    /// <summary>Makes an exception with a message and a code.</summary>
    /// <param name="message">What went wrong, for people.</param>
    /// <param name="code">What went wrong, for programs.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public ChatBotKitException(string message, string code, Exception? innerException = null)
        : base(message, innerException) => Code = code;

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
}
