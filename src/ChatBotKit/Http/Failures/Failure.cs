using System.Net;
using System.Text;

namespace ChatBotKit;

/// <summary>The call that failed, for the exception.</summary>
internal readonly record struct FailureSource(Uri RequestUri, HttpStatusCode? StatusCode, string? RequestId, string Secret)
{
    /// <summary>Gets the proxy that the call was sent through; null when there was none, or when it is not known.</summary>
    public string? Proxy { get; init; }

    public string Origin => RequestUri.GetLeftPart(UriPartial.Authority);
}

/// <summary>Creates the exceptions of failed calls.</summary>
internal static class Failure
{
    /// <summary>The maximum number of bytes of an answer that an exception keeps.</summary>
    public const int LongestBody = 256 * 1024;

    public static ChatBotKitException OfAnswer(HttpResponseMessage response, ReadOnlySpan<byte> body, FailureSource source, TimeProvider clock)
    {
        if (FailureStatus.IsRedirect(response))
            return OfRedirect(response, source);
        var error = ErrorBody.TryRead(body);
        var code = error?.Code ?? FailureStatus.CodeOf(response.StatusCode);
        var retryAfter = RetryAfterOf(response, clock);
        var message = error?.Message ?? $"The server answered with status {(int)response.StatusCode} ({response.ReasonPhrase}) and no message.";
        if (error is null && source.Proxy is { } proxy)
            message += $" The answer may come from the proxy {proxy}.";
        if (error is null && response.RequestMessage?.RequestUri is { } answered && answered.GetLeftPart(UriPartial.Path) != source.RequestUri.GetLeftPart(UriPartial.Path))
            message += $" The HttpClient that was given has called {answered.GetLeftPart(UriPartial.Path)} instead.";
        return new ChatBotKitException(Redact(message, source), code)
        {
            StatusCode = response.StatusCode,
            RequestUri = source.RequestUri,
            RequestId = source.RequestId,
            RetryAfter = retryAfter,
            ResponseBody = TextOf(body, source),
            IsTransient = FailureStatus.IsTransient(response.StatusCode) && (retryAfter is not null || !FailureStatus.IsLasting(code)),
            IsOfApi = error?.Code is not null,
        };
    }

    /// <summary>Creates the exception for an error in the body or stream of an answer whose status means success.</summary>
    public static ChatBotKitException OfError(ErrorResponse? error, FailureSource source)
    {
        var code = error?.Code ?? ErrorCodes.GenericError;
        return new ChatBotKitException(Redact(error?.Message ?? "The server reported an error without a message.", source), code)
        {
            StatusCode = source.StatusCode,
            RequestUri = source.RequestUri,
            RequestId = source.RequestId,
            IsTransient = FailureStatus.IsTransient(code),
            IsOfApi = true,
        };
    }

    public static ChatBotKitException OfCutStream(string message, FailureSource source, Exception? cause = null) =>
        Of(message, ClientErrorCodes.ConnectionLost, source, cause, isTransient: true);

    public static ChatBotKitException OfTimeout(string message, FailureSource source, Exception cause) =>
        Of(message, ErrorCodes.Timeout, source, cause, isTransient: true);

    public static ChatBotKitException OfInvalidAnswer(ReadOnlySpan<byte> body, FailureSource source, Exception? cause)
    {
        var status = source.StatusCode is { } code ? $" It has status {(int)code}." : "";
        return new ChatBotKitException(
            $"The server sent an answer that is not a valid answer of this API.{status}", ClientErrorCodes.InvalidResponse, cause)
        {
            StatusCode = source.StatusCode,
            RequestUri = source.RequestUri,
            RequestId = source.RequestId,
            ResponseBody = TextOf(body[..Math.Min(body.Length, LongestBody)], source),
        };
    }

    public static ChatBotKitException Of(string message, string code, FailureSource source, Exception? cause, bool isTransient) =>
        new(message, code, cause)
        {
            StatusCode = source.StatusCode,
            RequestUri = source.RequestUri,
            RequestId = source.RequestId,
            IsTransient = isTransient,
        };

    public static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static ChatBotKitException OfRedirect(HttpResponseMessage response, FailureSource source)
    {
        var status = (int)response.StatusCode;
        // A browser reveals neither the status of a redirect nor its target.
        var what = status == 0 ? "a redirect" : $"a redirect ({status})";
        var target = TargetOf(response, source.RequestUri) is { } address ? $" to {address}" : " whose target is not known";
        return Of(
            Redact($"The server answered with {what}{target}. It was not followed. Set BaseUrl to the address at which the API itself answers.", source),
            ClientErrorCodes.InvalidResponse, source, cause: null, isTransient: false);
    }

    // The query of the target may grant access.
    private static string? TargetOf(HttpResponseMessage response, Uri requestUri)
    {
        if (HeaderOf(response, "Location") is not { Length: > 0 } location || !Uri.TryCreate(requestUri, location, out var target))
            return null;
        return target.IsAbsoluteUri && target.Authority.Length > 0
            ? $"{target.Scheme}://{target.Authority}{target.AbsolutePath}"
            : $"an address of the scheme {target.Scheme}";
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, TimeProvider clock)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - clock.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string? TextOf(ReadOnlySpan<byte> body, FailureSource source) =>
        body.IsEmpty ? null : Redact(Encoding.UTF8.GetString(body), source);

    private static string Redact(string text, FailureSource source) =>
        source.Secret.Length == 0 ? text : text.Replace(source.Secret, "***", StringComparison.Ordinal);
}
