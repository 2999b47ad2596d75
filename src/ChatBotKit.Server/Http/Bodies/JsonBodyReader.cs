using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Reads request bodies up to their limit. The bytes are counted here, because a chunked body does not announce its size.
/// </summary>
internal static class JsonBodyReader
{
    private static readonly ReadOnlyMemory<byte> EmptyObject = "{}"u8.ToArray();

    /// <exception cref="ApiException">
    /// 413 for a body that is too large, 415 for another content type, 400 for a body that does not fit the record, 503 when too
    /// many bodies are being read.
    /// </exception>
    /// <param name="context">The request.</param>
    /// <param name="maxBytes">The maximum size; null for the limit of the request.</param>
    /// <param name="cancellationToken">The token that cancels the reading.</param>
    /// <param name="rewrite">Rewrites the received body before it is deserialized; null for no change.</param>
    public static async ValueTask<JsonBody<T>> ReadAsync<T>(
        HttpContext context, long? maxBytes, CancellationToken cancellationToken,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? rewrite = null)
    {
        var request = context.Request;
        var type = ServerJson.Of<T>(context);
        using var held = BodyGate.Of(context).Enter(context, maxBytes ?? BodyLimit.Of(context));
        var read = await ReadToEndAsync(request, held, cancellationToken);
        using var whole = new WholeBody(request.BodyReader, read.Buffer);
        var body = whole.Bytes;
        if (body.IsEmpty)
            return new JsonBody<T>(Parse(EmptyObject, type), HashFor(request, body.Span));
        return request.HasJsonContentType()
            ? new JsonBody<T>(Parse(rewrite?.Invoke(body) ?? body, type), HashFor(request, body.Span))
            : throw ApiException.UnsupportedMediaType();
    }

    /// <summary>Deserializes a body. If that fails, a second pass collects every fault.</summary>
    public static T Parse<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
    {
        if (JsonRules.FindBadValue(body.Span, JsonRules.MaxDepth) is { } fault)
            throw ApiException.BadRequest($"The request body {fault}");
        try
        {
            JsonRules.RequireUniqueKeys(body, JsonRules.MaxDepth);
            var reader = new Utf8JsonReader(body.Span, ReaderOptions(type.Options));
            var value = JsonSerializer.Deserialize(ref reader, type) ?? throw new JsonException("null");
            // A second value after the first one would go unnoticed.
            if (reader.Read())
                throw new JsonException("more than one value");
            return NullElements.MayBeIn(body.Span) && BodyFaults.Find(body, type) is { } faults ? throw ApiException.BadRequest(faults) : value;
        }
        catch (JsonException)
        {
            throw ApiException.BadRequest(BodyFaults.Describe(body, type));
        }
    }

    public static JsonReaderOptions ReaderOptions(JsonSerializerOptions options) => new()
    {
        MaxDepth = JsonRules.MaxDepth,
        AllowTrailingCommas = options.AllowTrailingCommas,
        CommentHandling = options.ReadCommentHandling,
    };

    /// <summary>Waits until the reader has buffered the whole body. The caller must advance the reader afterwards.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<ReadResult> ReadToEndAsync(HttpRequest request, BodyGate.Place held, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        if (request.ContentLength is { } length)
            held.Grow(length);
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            try
            {
                held.Grow(read.Buffer.Length);
            }
            catch
            {
                reader.AdvanceTo(read.Buffer.End);
                throw;
            }

            if (read.IsCompleted)
                return read;
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static byte[]? HashFor(HttpRequest request, ReadOnlySpan<byte> body) =>
        request.Headers.ContainsKey(ApiHeaders.IdempotencyKey) ? SHA256.HashData(body) : null;
}
