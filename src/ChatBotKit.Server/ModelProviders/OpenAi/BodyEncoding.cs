using System.IO.Compression;
using ChatBotKit.Server.ModelProviders.OpenAi.Failures;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>
/// Decompresses response bodies. No request asks for compression, because it delays pieces of a stream. But some endpoints, and
/// proxies in front of them, compress regardless.
/// </summary>
internal static class BodyEncoding
{
    // One by the endpoint and one by a proxy. More layers would let a small body use a lot of processor time.
    private const int MaxEncodings = 2;

    /// <summary>Returns the decompressed body.</summary>
    /// <exception cref="BodyEncodingException">
    /// The encoding is not supported. Reading throws the same exception when the bytes are not valid in this encoding.
    /// </exception>
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

/// <summary>The body has an encoding that can't be decompressed.</summary>
/// <param name="encoding">The value of the Content-Encoding header.</param>
/// <param name="inner">The exception of the decompression.</param>
internal sealed class BodyEncodingException(string encoding, Exception? inner = null)
    : IOException($"Content-Encoding: {encoding}", inner);
