using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit.Server.Http;

/// <summary>Reads request bodies up to their limit, which is counted here: a body in chunks does not say how large it is.</summary>
internal static class JsonBodyReader
{
    private static readonly ReadOnlySequence<byte> EmptyObject = new("{}"u8.ToArray());

    /// <exception cref="ApiException">413 for one that is too large, 415 for another content type, 400 for a body that does not fit.</exception>
    public static async ValueTask<JsonBody<T>> ReadAsync<T>(HttpContext context, CancellationToken cancellationToken)
    {
        var request = context.Request;
        var type = ServerJson.Of<T>(context);
        BodyLimit.CheckAnnounced(context);
        var body = await ReadToEndAsync(request.BodyReader, BodyLimit.Of(context), cancellationToken);
        try
        {
            if (body.IsEmpty)
                return new JsonBody<T>(Parse(EmptyObject, type), HashFor(request, body));
            return request.HasJsonContentType()
                ? new JsonBody<T>(Parse(body, type), HashFor(request, body))
                : throw ApiException.UnsupportedMediaType();
        }
        finally
        {
            request.BodyReader.AdvanceTo(body.End);
        }
    }

    /// <summary>One pass when the body is good; a second that collects every fault when it is not.</summary>
    public static T Parse<T>(ReadOnlySequence<byte> body, JsonTypeInfo<T> type)
    {
        UnicodeCheck.Run(body, ReaderOptions(type.Options));
        try
        {
            var reader = new Utf8JsonReader(body, ReaderOptions(type.Options));
            var value = JsonSerializer.Deserialize(ref reader, type) ?? throw new JsonException("null");
            // A second document behind the first would go unnoticed.
            if (reader.Read())
                throw new JsonException("more than one value");
            return NullElements.MayBeIn(body) && BodyFaults.Find(body, type) is { } faults ? throw ApiException.BadRequest(faults) : value;
        }
        catch (JsonException)
        {
            throw ApiException.BadRequest(BodyFaults.Describe(body, type));
        }
    }

    public static JsonReaderOptions ReaderOptions(JsonSerializerOptions options) => new()
    {
        MaxDepth = options.MaxDepth,
        AllowTrailingCommas = options.AllowTrailingCommas,
        CommentHandling = options.ReadCommentHandling,
    };

    private static async ValueTask<ReadOnlySequence<byte>> ReadToEndAsync(PipeReader reader, long limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw ApiException.ContentTooLarge();
            }

            if (read.IsCompleted)
                return read.Buffer;
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static byte[]? HashFor(HttpRequest request, ReadOnlySequence<byte> body)
    {
        if (!request.Headers.ContainsKey(ApiHeaders.IdempotencyKey))
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in body)
            hash.AppendData(part.Span);
        return hash.GetHashAndReset();
    }
}
