using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>Reads the error in the body of an answer.</summary>
internal static class ErrorBody
{
    private const int FirstBuffer = 4 * 1024;

    /// <summary>
    /// Reads the beginning of the body. When the body breaks off or stalls, the part that has arrived is returned, because
    /// the status is enough for an exception.
    /// </summary>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        // Most errors are short. The buffer grows for the few that list many faults.
        var buffer = new byte[FirstBuffer];
        var length = 0;
        try
        {
            var body = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            while (length < Failure.LongestBody
                && await body.ReadAsync(buffer.AsMemory(length), either.Token).ConfigureAwait(false) is > 0 and var read)
            {
                length += read;
                if (length == buffer.Length)
                    Array.Resize(ref buffer, Math.Min(2 * length, Failure.LongestBody));
            }
        }
        catch (Exception exception) when (TransportFailure.Is(exception) || exception is OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return buffer[..length];
    }

    /// <summary>Returns null when there is none.</summary>
    public static ErrorResponse? TryRead(ReadOnlySpan<byte> body)
    {
        try
        {
            var error = JsonSerializer.Deserialize(body, (JsonTypeInfo<ErrorResponse>)ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(ErrorResponse)));
            return error is { Message: not null } or { Code: not null } ? error : Inner(error);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // The endpoint of the OpenAI protocol wraps its errors in another object.
    private static ErrorResponse? Inner(ErrorResponse? error) =>
        error?.AdditionalProperties?.TryGetValue("error", out var inner) == true && inner.ValueKind == JsonValueKind.Object
            ? TryRead(JsonSerializer.SerializeToUtf8Bytes(inner, (JsonTypeInfo<JsonElement>)ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(JsonElement))))
            : null;
}
