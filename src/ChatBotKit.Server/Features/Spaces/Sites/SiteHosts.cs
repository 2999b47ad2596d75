namespace ChatBotKit.Server.Features.Spaces.Sites;

/// <summary>
/// Leads requests for a subdomain of the host of sites to the route of the site. Nothing else is served there, so a page of a site can't
/// call the API or show the pages of this server under the address of the site.
/// </summary>
internal sealed class SiteHosts(RequestDelegate next, SiteOptions options)
{
    private readonly string? _suffix = options.Suffix;

    public Task InvokeAsync(HttpContext context)
    {
        if (_suffix is not null && context.Request.Host.Host is var host && host.EndsWith(_suffix, StringComparison.OrdinalIgnoreCase))
        {
            var slug = host[..^_suffix.Length];
            context.Request.Path = new PathString($"{SiteEndpoints.Prefix}/{(HostNames.IsLabel(slug.ToLowerInvariant()) ? slug : "-")}{context.Request.Path.Value}");
            context.Features.Set(OwnHost.Instance);
        }

        return next(context);
    }

    /// <summary>Whether the request came to the host of a site, and not to a path of this server.</summary>
    public static bool IsOwnHost(HttpContext context) => context.Features.Get<OwnHost>() is not null;

    /// <summary>Marks a request whose path was rewritten.</summary>
    private sealed class OwnHost
    {
        public static OwnHost Instance { get; } = new();
    }
}
