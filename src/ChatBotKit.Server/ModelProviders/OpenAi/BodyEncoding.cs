using System.IO.Compression;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>
/// Decompresses bodies. No request asks for compression, since it holds pieces of a stream back; yet some endpoints, and proxies
/// before them, compress in any case.
/// </summary>
internal static class BodyEncoding
{
    // One by the endpoint and one by a proxy; more than that is an attack on the processor.
    private const int MaxEncodings = 2;

    /// <summary>The body as it was before it was compressed.</summary>
    /// <exception cref="BodyEncodingException">Nobody here knows the encoding. Reading throws the same when the bytes do not fit it.</exception>
    public static async Task<Stream> OpenAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var encodings = content.Headers.ContentEncoding.Where(name => !name.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToList();
        if (encodings.Count == 0)
            return await content.ReadAsStreamAsync(cancellationToken);
        var all = QuotedWords.Short(string.Join(", ", encodings));
        if (encodings.Count > MaxEncodings || !encodings.TrueForAll(IsKnown))
            throw new BodyEncodingException(all);
        var body = await content.ReadAsStreamAsync(cancellationToken);
        for (var i = encodings.Count - 1; i >= 0; i--)
            body = Decoder(encodings[i], body);
        return new DecodedStream(body, all);
    }

    private static bool IsKnown(string encoding) => encoding.ToLowerInvariant() is "gzip" or "x-gzip" or "br" or "deflate";

    private static Stream Decoder(string encoding, Stream body) => encoding.ToLowerInvariant() switch
    {
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(body, CompressionMode.Decompress),
        _ => new GZipStream(body, CompressionMode.Decompress),
    };
}

/// <summary>A body is compressed in a way that can't be undone.</summary>
/// <param name="encoding">What its head says.</param>
/// <param name="inner">What the decompression failed with.</param>
internal sealed class BodyEncodingException(string encoding, Exception? inner = null)
    : IOException($"Content-Encoding: {encoding}", inner);
