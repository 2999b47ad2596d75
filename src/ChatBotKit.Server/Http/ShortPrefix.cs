namespace ChatBotKit.Server.Http;

/// <summary>
/// Takes a request under the short prefix to the route, which is mapped under the canonical one. It runs before everything that
/// looks at the path, so that a route exists once.
/// </summary>
internal sealed class ShortPrefix(RequestDelegate next)
{
    /// <summary>Under it the hosted service serves the API too.</summary>
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

    /// <summary>The path as the caller sent it.</summary>
    public static string? PathAsSent(HttpRequest request) => request.HttpContext.Features.Get<WasShort>() is null
        ? request.Path.Value
        : string.Concat(Prefix, request.Path.Value.AsSpan(ApiRoutes.Canonical.Length));

    /// <summary>Marks a request whose path was rewritten.</summary>
    private sealed class WasShort
    {
        public static WasShort Instance { get; } = new();
    }
}
