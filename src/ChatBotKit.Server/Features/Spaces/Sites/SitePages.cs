using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Spaces.Storage;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Resources;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatBotKit.Server.Features.Spaces.Sites;

/// <summary>Serves the files of a space as the pages of a site, which everybody may read.</summary>
internal sealed class SitePages(IStore store, ContentReader reader)
{
    /// <summary>Returns the file at the path of the request, the index of a folder, or the page for what does not exist.</summary>
    public async Task<IResult> GetAsync(string slug, HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        if (await store.QueryAsync(db => db.FindSiteAsync(slug.ToLowerInvariant()), cancellationToken) is not { ParentId: { } spaceId } row)
            return SiteAnswer.Nothing();
        var site = ResourceEdit.Read(row.Data);
        if (PathOf(context) is { } path)
        {
            var isFolder = path.Length == 0 || context.Request.Path.Value!.EndsWith('/');
            var file = isFolder ? Join(path, Text(site, "index")) : path;
            if (isFolder && !context.Request.Path.Value!.EndsWith('/'))
                return Redirect(slug, context);
            if (await OpenAsync(spaceId, site, file, cancellationToken) is { } page)
                return SiteAnswer.Of(context, page);
            if (!isFolder && await HasAsync(spaceId, site, Join(path, Text(site, "index")), cancellationToken))
                return Redirect(SpacePath.NameOf(path), context);
        }

        return await OpenAsync(spaceId, site, Text(site, "notFound"), cancellationToken) is { } missing
            ? SiteAnswer.NotFound(context, missing)
            : SiteAnswer.Nothing();
    }

    /// <summary>Returns the path of the request without its last slash; null for one that no file can have.</summary>
    private static string? PathOf(HttpContext context)
    {
        try
        {
            return SpacePath.OfFolder(context, SiteEndpoints.Depth);
        }
        catch (ApiException)
        {
            return null;
        }
    }

    /// <summary>Adds the last slash, without which the relative links of a page would lead elsewhere.</summary>
    private static RedirectHttpResult Redirect(string name, HttpContext context) =>
        TypedResults.Redirect($"./{Uri.EscapeDataString(name)}/{context.Request.QueryString}");

    private async Task<OpenContent?> OpenAsync(string spaceId, JsonObject site, string path, CancellationToken cancellationToken) =>
        path.Length == 0 ? null : await reader.OpenAsync(spaceId, Below(site, path), cancellationToken);

    private async ValueTask<bool> HasAsync(string spaceId, JsonObject site, string path, CancellationToken cancellationToken) =>
        await store.QueryAsync(db => db.FindContentAsync(spaceId, Below(site, path)), cancellationToken) is not null;

    private static string Below(JsonObject site, string path) => Join(Text(site, "prefix"), path);

    /// <summary>Returns a field that is a path in the space.</summary>
    private static string Text(JsonObject site, string field) => ((string?)site[field] ?? "").Trim('/');

    private static string Join(string folder, string path) => folder.Length == 0 ? path : $"{folder}/{path}";
}
