using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Spaces.Sites;

internal static class SiteEndpoints
{
    /// <summary>The path below which sites are served.</summary>
    public const string Prefix = "/sites";

    /// <summary>The number of segments before the path of a page: <c>/sites/{slug}</c>.</summary>
    public const int Depth = 2;

    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddSites(this IServiceCollection services) => services
        .AddSingleton(provider => SiteOptions.From(
            provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<ProxyOptions>().PublicUrl))
        .AddSingleton<SitePages>();

    public static void MapSites(this IEndpointRouteBuilder app) => app
        .MapMethods(Prefix + "/{slug}/{**path}", Verbs, (string slug, SitePages pages, HttpContext context) => pages.GetAsync(slug, context))
        .ExcludeFromDescription().IsOwnAnswer();
}
