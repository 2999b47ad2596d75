using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ChatBotKit.Server.Hosting;

/// <summary>A content that does not change while the server runs, in the encodings in which it is sent.</summary>
internal sealed class EncodedContent
{
    /// <summary>Long enough for a page that is reloaded often, short enough for an upgrade to become visible.</summary>
    private const string CacheControl = "public, max-age=300";

    private readonly string _contentType;
    private readonly Form _plain;
    private readonly Form[] _compressed;

    public EncodedContent(byte[] content, string contentType)
    {
        _contentType = contentType;
        var hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
        _plain = new Form(content, Encoding: null, new EntityTagHeaderValue($"\"{hash}\""));
        _compressed =
        [
            Compressed("br", stream => new BrotliStream(stream, CompressionLevel.SmallestSize)),
            Compressed("gzip", stream => new GZipStream(stream, CompressionLevel.SmallestSize)),
        ];

        Form Compressed(string encoding, Func<Stream, Stream> wrap)
        {
            using var target = new MemoryStream();
            using (var stream = wrap(target))
                stream.Write(content);
            return new Form(target.ToArray(), encoding, new EntityTagHeaderValue($"\"{hash}-{encoding}\""));
        }
    }

    /// <summary>Creates the response in the smallest form that the caller accepts; a 304 when the caller has this form already.</summary>
    public FileContentHttpResult AnswerTo(HttpContext context)
    {
        var accepted = context.Request.GetTypedHeaders().AcceptEncoding;
        var form = _compressed.FirstOrDefault(form => accepted.Any(one =>
            one.Quality is not 0 && one.Value.Equals(form.Encoding, StringComparison.OrdinalIgnoreCase))) ?? _plain;
        var headers = context.Response.Headers;
        headers.CacheControl = CacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (form.Encoding is { } encoding)
            headers.ContentEncoding = encoding;
        return TypedResults.Bytes(form.Bytes, _contentType, entityTag: form.Tag);
    }

    /// <summary>The bytes in one encoding; null means no encoding. Each form has a tag of its own, because the bytes differ.</summary>
    private sealed record Form(byte[] Bytes, string? Encoding, EntityTagHeaderValue Tag);
}
