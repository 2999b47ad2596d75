using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Hosting;

/// <summary>The OpenAPI document of what this server serves. It is made when somebody asks for it, not before.</summary>
internal static class SpecEndpoint
{
    public static IServiceCollection AddSpec(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.CreateSchemaReferenceId = SchemaShapes.NameOf;
        options.AddSchemaTransformer(SchemaShapes.ApplyAsync);
        options.AddOperationTransformer(OperationDetails.ApplyAsync);
        options.AddDocumentTransformer(SpecDocument.ApplyAsync);
    });

    public static void MapSpec(this IEndpointRouteBuilder app)
    {
        foreach (var prefix in new[] { ApiRoutes.Canonical, ApiRoutes.Short })
            app.MapOpenApi($"{prefix}/spec").AllowAnonymousApi();
    }
}
