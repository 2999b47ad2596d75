using System.IO.Compression;
using System.Security.Cryptography;
using ChatBotKit.Server.Configuration;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace ChatBotKit.Server.Hosting;

/// <summary>
/// The description of the API in the forms in which it is sent. It is created once: routes do not change while the server runs, and
/// callers without a credential must not be able to cause that work repeatedly.
/// </summary>
internal sealed class SpecCache(IServiceProvider services, ProxyOptions proxies)
{
    /// <summary>The name of the document in the framework.</summary>
    private const string DocumentName = "v1";

    private readonly Lock _gate = new();
    private Task<SpecForms>? _forms;

    /// <summary>Returns the document. A caller that cancels does not stop its creation for others; a failure is not cached.</summary>
    public Task<SpecForms> GetAsync()
    {
        lock (_gate)
        {
            if (_forms is null or { IsFaulted: true } or { IsCanceled: true })
                _forms = Task.Run(MakeAsync);
            return _forms;
        }
    }

    private async Task<SpecForms> MakeAsync()
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(DocumentName);
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        // The caller's Host header must not get into a document that is cached for others.
        document.Servers = proxies.PublicUrl is { } url ? [new OpenApiServer { Url = url.AbsoluteUri.TrimEnd('/') }] : null;
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        return new SpecForms(json.ToArray());
    }
}

/// <summary>The document in each encoding.</summary>
internal sealed class SpecForms
{
    private readonly SpecForm _plain;
    private readonly SpecForm[] _compressed;

    public SpecForms(byte[] json)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 16));
        _plain = new SpecForm(json, Encoding: null, new EntityTagHeaderValue($"\"{hash}\""));
        _compressed =
        [
            Compressed("br", stream => new BrotliStream(stream, CompressionLevel.SmallestSize)),
            Compressed("gzip", stream => new GZipStream(stream, CompressionLevel.SmallestSize)),
        ];

        SpecForm Compressed(string encoding, Func<Stream, Stream> wrap)
        {
            using var target = new MemoryStream();
            using (var stream = wrap(target))
                stream.Write(json);
            return new SpecForm(target.ToArray(), encoding, new EntityTagHeaderValue($"\"{hash}-{encoding}\""));
        }
    }

    /// <summary>Returns the smallest form that the caller accepts.</summary>
    public SpecForm For(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return _compressed.FirstOrDefault(form => accepted.Any(one =>
            one.Quality is not 0 && one.Value.Equals(form.Encoding, StringComparison.OrdinalIgnoreCase))) ?? _plain;
    }
}

/// <summary>The bytes of the document in one encoding; null means no encoding.</summary>
internal sealed record SpecForm(byte[] Bytes, string? Encoding, EntityTagHeaderValue Tag);
