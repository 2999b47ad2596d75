using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>Which call failed, for the exception.</summary>
internal readonly record struct FailureSource(Uri RequestUri, HttpStatusCode? StatusCode, string? RequestId, string Secret);

/// <summary>Creates the exceptions of failed calls.</summary>
internal static class Failure
{
    private const int LongestBody = 16 * 1024;

    public static ChatBotKitException OfAnswer(HttpResponseMessage response, string body, FailureSource source, TimeProvider clock)
    {
        var error = TryReadError(Encoding.UTF8.GetBytes(body));
        var status = (int)response.StatusCode;
        var message = error?.Message ?? $"The server answered with status {status} ({response.ReasonPhrase}) and no message.";
        return new ChatBotKitException(Redact(message, source), error?.Code ?? CodeOf(response.StatusCode))
        {
            StatusCode = response.StatusCode,
            RequestUri = source.RequestUri,
            RequestId = source.RequestId,
            RetryAfter = RetryAfterOf(response, clock),
            ResponseBody = body.Length == 0 ? null : Redact(body, source),
            IsTransient = status is 429 or 500 or 502 or 503 or 504,
        };
    }

    /// <summary>An error that came in the body or stream of an answer whose status is good.</summary>
    public static ChatBotKitException OfError(ErrorResponse? error, FailureSource source)
    {
        var code = error?.Code ?? ErrorCodes.GenericError;
        return new ChatBotKitException(Redact(error?.Message ?? "The server reported an error without a message.", source), code)
        {
            StatusCode = source.StatusCode,
            RequestUri = source.RequestUri,
            RequestId = source.RequestId,
            IsTransient = code is ErrorCodes.TooManyRequests or ErrorCodes.BadGateway or ErrorCodes.ServiceUnavailable
                or ErrorCodes.GatewayTimeout or ErrorCodes.Timeout,
        };
    }

    public static ChatBotKitException OfConnection(Exception cause, FailureSource source)
    {
        // Only before the connection stands is it certain that the server has seen nothing of the call.
        var unreached = cause is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        };
        return unreached
            ? Lost("The server could not be reached.", ClientErrorCodes.ConnectionFailed, source, cause)
            : Lost("The connection was lost before the answer was complete.", ClientErrorCodes.ConnectionLost, source, cause);
    }

    public static ChatBotKitException OfCutStream(string message, FailureSource source, Exception? cause = null) =>
        Lost(message, ClientErrorCodes.ConnectionLost, source, cause);

    public static ChatBotKitException OfInvalidAnswer(ReadOnlySpan<byte> body, FailureSource source, Exception? cause)
    {
        var start = Encoding.UTF8.GetString(body[..Math.Min(body.Length, LongestBody)]);
        return new ChatBotKitException("The server answered with something that is not an answer of this API.", ClientErrorCodes.InvalidResponse, cause)
        {
            StatusCode = source.StatusCode,
            RequestUri = source.RequestUri,
            RequestId = source.RequestId,
            ResponseBody = start.Length == 0 ? null : Redact(start, source),
        };
    }

    /// <summary>Reads the error that a body holds; null when it holds none.</summary>
    public static ErrorResponse? TryReadError(ReadOnlySpan<byte> body)
    {
        try
        {
            var error = JsonSerializer.Deserialize(body, (JsonTypeInfo<ErrorResponse>)ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(ErrorResponse)));
            return error is { Message: not null } or { Code: not null } ? error : InnerError(error);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The endpoint that speaks the protocol of OpenAI wraps its errors into one more object.
    private static ErrorResponse? InnerError(ErrorResponse? error) =>
        error?.AdditionalProperties?.TryGetValue("error", out var inner) == true && inner.ValueKind == JsonValueKind.Object
            ? TryReadError(JsonSerializer.SerializeToUtf8Bytes(inner, (JsonTypeInfo<JsonElement>)ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(JsonElement))))
            : null;

    public static async Task<string> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var buffer = new byte[LongestBody];
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The status alone says enough; a body that broke off would only hide it.
            return "";
        }
    }

    public static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static ChatBotKitException Lost(string message, string code, FailureSource source, Exception? cause) => new(message, code, cause)
    {
        StatusCode = source.StatusCode,
        RequestUri = source.RequestUri,
        RequestId = source.RequestId,
        IsTransient = true,
    };

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, TimeProvider clock)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - clock.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string Redact(string text, FailureSource source) =>
        source.Secret.Length == 0 ? text : text.Replace(source.Secret, "***", StringComparison.Ordinal);

    private static string CodeOf(HttpStatusCode status) => (int)status switch
    {
        304 => ErrorCodes.NotModified,
        400 => ErrorCodes.BadRequest,
        401 => ErrorCodes.NotAuthenticated,
        402 => ErrorCodes.NoSubscription,
        403 => ErrorCodes.NotAuthorized,
        404 => ErrorCodes.NotFound,
        405 => ErrorCodes.MethodNotAllowed,
        408 => ErrorCodes.Timeout,
        409 => ErrorCodes.Conflict,
        413 => ErrorCodes.ContentTooLarge,
        422 => ErrorCodes.UnprocessableEntity,
        429 => ErrorCodes.TooManyRequests,
        500 => ErrorCodes.InternalServerError,
        501 => ErrorCodes.NotImplemented,
        502 => ErrorCodes.BadGateway,
        503 => ErrorCodes.ServiceUnavailable,
        504 => ErrorCodes.GatewayTimeout,
        _ => ErrorCodes.GenericError,
    };
}
