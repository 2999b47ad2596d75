using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.OpenApi;

namespace ChatBotKit.Server.Hosting;

/// <summary>The OpenAPI document of what this server serves.</summary>
internal static class SpecEndpoint
{
    public static IServiceCollection AddSpec(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
    });

    public static void MapSpec(this IEndpointRouteBuilder app)
    {
        foreach (var prefix in new[] { ApiRoutes.Canonical, ApiRoutes.Short })
            app.MapOpenApi($"{prefix}/spec").AllowAnonymousApi();
    }

    private static void Describe(OpenApiDocument document)
    {
        const string Scheme = "bearer";
        document.Info = new OpenApiInfo
        {
            Title = "ChatBotKit for .NET",
            Version = typeof(SpecEndpoint).Assembly.GetName().Version!.ToString(3),
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Scheme,
            Description = "An API token (sk-…) or a session token.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
    }
}
