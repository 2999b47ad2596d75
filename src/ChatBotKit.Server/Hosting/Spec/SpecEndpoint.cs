using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Hosting;

/// <summary>Serves the OpenAPI document of this server. The document is created at the first request.</summary>
internal static class SpecEndpoint
{
    /// <summary>The path of the document below the public address.</summary>
    public const string Path = ApiRoutes.Canonical + "/spec";

    public static IServiceCollection AddSpec(this IServiceCollection services) => services
        .AddSingleton(new SpecServices(services))
        .AddSingleton<SpecCache>();

    public static void MapSpec(this IEndpointRouteBuilder app) =>
        app.MapGet(Path, GetAsync).ExcludeFromDescription().AllowAnonymousApi();

    private static async Task<IResult> GetAsync(SpecCache cache, HttpContext context) => (await cache.GetAsync()).AnswerTo(context);
}
