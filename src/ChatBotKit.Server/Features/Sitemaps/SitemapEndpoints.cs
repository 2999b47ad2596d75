using System.Diagnostics.CodeAnalysis;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Integrations.Sitemap;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Sitemaps;

/// <summary>Integrations that fill datasets from sites.</summary>
internal static class SitemapEndpoints
{
    public static IServiceCollection AddSitemaps(this IServiceCollection services) => services
        .AddSingleton<SitemapClient>()
        .AddSingleton<SitemapCrawl>()
        .AddDueWorkHandler<SitemapWork>()
        .AddDueWorkHandler<SitemapScheduleWork>()
        .AddDueWorkHandler<SitemapExpiryWork>();

    public static void MapSitemaps(this IEndpointRouteBuilder app) => app.MapApi(api =>
        api.MapPost("/integration/sitemap/{sitemapIntegrationId}/sync", SyncAsync).WithName("syncSitemapIntegration").IsIdempotent()
            .WithSummary("Starts to fill the dataset of an integration from its site"));

    /// <summary>Reads the address of a site.</summary>
    public static bool TryReadUrl(string? text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0;

    private static async Task<JsonAnswer<IdResponse>> SyncAsync(
        string sitemapIntegrationId, JsonBody<EmptyRequest> body, Caller caller, IStore store, ResourceStore resources, TimeProvider time,
        IdempotentCall call, CancellationToken cancellationToken)
    {
        var integration = await store.QueryAsync(db => db.FindOwnAsync(SitemapKind.Name, sitemapIntegrationId, caller.AccountId), cancellationToken)
            ?? throw ApiException.NotFound("Integration");
        var settings = ResourceEdit.Read(integration.Data);
        if ((string?)settings["datasetId"] is null)
            throw ApiException.Conflict("The integration has no dataset");
        if (!TryReadUrl((string?)settings["url"], out _))
            throw ApiException.Conflict("The integration has no address that begins with http:// or https://");
        var (now, response) = (time.GetUtcNow(), new IdResponse { Id = integration.Id });
        await store.ChangeAsync(
            async db =>
            {
                await SitemapWork.StartAsync(db, resources, integration.Id, now);
                await db.RememberAsync(call.Answered(response));
                return true;
            },
            cancellationToken);
        return JsonAnswer.Of(response);
    }
}
