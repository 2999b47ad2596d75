namespace ChatBotKit.Server.Http;

/// <summary>
/// Rewrites requests with the short prefix to the canonical one. It runs before all other middleware that uses the path, so that
/// each route is mapped only once.
/// </summary>
internal sealed class ShortPrefix(RequestDelegate next)
{
    /// <summary>The prefix at which the hosted service also serves the API.</summary>
    private const string Prefix = "/v1";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments(Prefix, out var rest))
        {
            request.Path = new PathString(ApiRoutes.Canonical + rest.Value);
            context.Features.Set(WasShort.Instance);
        }

        return next(context);
    }

    /// <summary>Returns the path as the caller sent it.</summary>
    public static string? PathAsSent(HttpRequest request) => request.HttpContext.Features.Get<WasShort>() is null
        ? request.Path.Value
        : string.Concat(Prefix, request.Path.Value.AsSpan(ApiRoutes.Canonical.Length));

    /// <summary>Marks a request whose path was rewritten.</summary>
    private sealed class WasShort
    {
        public static WasShort Instance { get; } = new();
    }
}
