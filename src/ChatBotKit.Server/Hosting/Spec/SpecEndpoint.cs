using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Hosting;

/// <summary>Serves the OpenAPI document of this server. The document is created at the first request.</summary>
internal static class SpecEndpoint
{
    /// <summary>The path of the document below the public address.</summary>
    public const string Path = ApiRoutes.Canonical + "/spec";

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

    private static async Task<IResult> GetAsync(SpecCache cache, HttpContext context) => (await cache.GetAsync()).AnswerTo(context);
}
