using System.Net.Sockets;
using System.Security.Authentication;
using Polly;
using Polly.Timeout;

namespace ChatBotKit;

/// <summary>Converts exceptions of HTTP and of the handlers of a host to the exception of a failed call.</summary>
internal static class TransportFailure
{
    /// <summary>
    /// Whether the exception is a failure of the connection. Other exceptions come from the caller's code and are not
    /// wrapped.
    /// </summary>
    public static bool Is(Exception exception) => exception is HttpRequestException or IOException or SocketException
        or AuthenticationException or InvalidDataException or ExecutionRejectedException;

    public static ChatBotKitException Of(Exception cause, FailureSource source)
    {
        var (code, isTransient) = Judge(cause);
        return Failure.Of(MessageOf(code, cause, source), code, source, cause, isTransient);
    }

    private static (string Code, bool IsTransient) Judge(Exception cause) => cause switch
    {
        TimeoutRejectedException => (ErrorCodes.Timeout, true),
        // A circuit breaker or rate limiter of the host has rejected the call.
        ExecutionRejectedException => (ClientErrorCodes.ConnectionFailed, true),
        InvalidDataException => (ClientErrorCodes.InvalidResponse, false),
        AuthenticationException or { InnerException: AuthenticationException } => (ClientErrorCodes.ConnectionFailed, false),
        HttpRequestException request => Judge(request),
        HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } =>
            (ClientErrorCodes.InvalidResponse, false),
        _ => (ClientErrorCodes.ConnectionLost, true),
    };

    // Only a failure to connect proves that the server has not received the call.
    private static (string Code, bool IsTransient) Judge(HttpRequestException cause) => cause.HttpRequestError switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError =>
            (ClientErrorCodes.ConnectionFailed, true),
        HttpRequestError.ProxyTunnelError =>
            (ClientErrorCodes.ConnectionFailed, cause.StatusCode is not { } status || FailureStatus.IsTransient(status)),
        HttpRequestError.UserAuthenticationError or HttpRequestError.VersionNegotiationError or HttpRequestError.ExtendedConnectNotSupported =>
            (ClientErrorCodes.ConnectionFailed, false),
        HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => (ClientErrorCodes.InvalidResponse, false),
        _ => (ClientErrorCodes.ConnectionLost, true),
    };

    private static string MessageOf(string code, Exception cause, FailureSource source)
    {
        var way = source.Proxy is { } proxy ? $" through the proxy {proxy}" : "";
        return code switch
        {
            ErrorCodes.Timeout => "A handler of the host canceled the call because it took too long.",
            ClientErrorCodes.ConnectionFailed when cause is ExecutionRejectedException => "A handler of the host rejected the call.",
            ClientErrorCodes.ConnectionFailed when (cause as AuthenticationException ?? cause.InnerException) is AuthenticationException refused =>
                $"There is no secure connection to {source.Origin}{way}: {refused.Message}",
            ClientErrorCodes.ConnectionFailed => $"The server {source.Origin} could not be reached{way}.",
            ClientErrorCodes.InvalidResponse => $"{source.Origin}{way} sent an answer that is not valid HTTP.",
            _ => $"The connection{way} was lost before the answer was complete.",
        };
    }
}
