using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.Net.Http.Headers;

namespace ChatBotKit.Server.Hosting;

/// <summary>Serves the OpenAPI document of this server. The document is created at the first request.</summary>
internal static class SpecEndpoint
{
    /// <summary>The path of the document below the public address.</summary>
    public const string Path = ApiRoutes.Canonical + "/spec";

    /// <summary>Long enough for a page that is reloaded often, short enough for an upgrade to become visible.</summary>
    private const string CacheControl = "public, max-age=300";

    public static IServiceCollection AddSpec(this IServiceCollection services) => services
        .AddSingleton<SpecCache>()
        .AddOpenApi(options =>
        {
            options.CreateSchemaReferenceId = SchemaShapes.NameOf;
            options.AddSchemaTransformer(SchemaShapes.ApplyAsync);
            options.AddOperationTransformer(OperationDetails.ApplyAsync);
            options.AddDocumentTransformer(SpecDocument.ApplyAsync);
        });

    public static void MapSpec(this IEndpointRouteBuilder app) =>
        app.MapGet(Path, GetAsync).ExcludeFromDescription().AllowAnonymousApi();

    private static async Task<IResult> GetAsync(SpecCache cache, HttpContext context)
    {
        var document = (await cache.GetAsync()).For(context.Request);
        var headers = context.Response.Headers;
        headers.CacheControl = CacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (document.Encoding is { } encoding)
            headers.ContentEncoding = encoding;
        // The result answers 304 when the caller already has this form of the document.
        return Results.Bytes(document.Bytes, "application/json", entityTag: document.Tag);
    }
}
