using ChatBotKit.Server.Configuration;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatBotKit.Server.Hosting;

/// <summary>
/// The description of the API in the encodings in which it is sent. It is created once: routes do not change while the server runs, and
/// callers without a credential must not be able to cause that work repeatedly.
/// </summary>
internal sealed class SpecCache(SpecServices services, EndpointDataSource routes, ProxyOptions proxies)
{
    /// <summary>The name of the document in the framework.</summary>
    private const string DocumentName = "v1";

    private readonly Lock _gate = new();
    private Task<EncodedContent>? _content;

    /// <summary>Returns the document. A caller that cancels does not stop its creation for others; a failure is not cached.</summary>
    public Task<EncodedContent> GetAsync()
    {
        lock (_gate)
        {
            if (_content is null or { IsFaulted: true } or { IsCanceled: true })
                _content = Task.Run(MakeAsync);
            return _content;
        }
    }

    private async Task<EncodedContent> MakeAsync()
    {
        await using var description = services.Build(routes);
        var provider = description.GetRequiredKeyedService<IOpenApiDocumentProvider>(DocumentName);
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        // The caller's Host header must not get into a document that is cached for others.
        document.Servers = proxies.PublicUrl is { } url ? [new OpenApiServer { Url = url.AbsoluteUri.TrimEnd('/') }] : null;
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        return new EncodedContent(json.ToArray(), "application/json");
    }
}
