using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Platform.Pages;

internal static class PageEndpoints
{
    public static void MapPages(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapSection("doc", "Doc", "reference pages");
        group.MapSection("guide", "Guide", "guides");
        group.MapSection("manual", "Manual", "manuals for operators");
        group.MapSection("tutorial", "Tutorial", "tutorials");
    });

    private static void MapSection(this RouteGroupBuilder group, string section, string name, string words)
    {
        var api = group.MapGroup($"/platform/{section}");
        api.MapGet("/list", (ListQuery query, PageCatalogue pages) => pages.Of(section).List(query, page => page.Id))
            .WithName($"listPlatform{name}s").WithSummary($"Lists the {words} of this server");
        api.MapPost("/search", (JsonBody<PlatformSearchRequest> body, PageCatalogue pages) => pages.Of(section).Search(body.Value))
            .WithName($"searchPlatform{name}s").WithSummary($"Searches the {words} of this server");
        api.MapGet($"/{{{section}Id}}/fetch", (HttpContext context, PageCatalogue pages, TimeProvider time) =>
                Fetch(pages.Of(section), context.PathValue($"{section}Id"), name, time))
            .WithName($"fetchPlatform{name}").WithSummary($"Fetches one of the {words} of this server as Markdown");
    }

    private static JsonAnswer<PlatformDocItem> Fetch(Search.Catalogue<PlatformDocItem> pages, string id, string name, TimeProvider time) =>
        pages.Find(id) is { } page
            ? JsonAnswer.Of(page.ToItem(null, time.GetUtcNow()) with { Content = PageCatalogue.ContentOf(id) })
            : throw ApiException.NotFound(name);
}
