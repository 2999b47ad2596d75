using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>Marks a route that takes a file in every form of upload.</summary>
/// <param name="CheckAsync">
/// Checks that the caller may add the file. It is called before the file is received, because receiving it costs time and space. It
/// returns the limits of the caller's session; null for none.
/// </param>
internal sealed record UploadRoute(Func<HttpContext, ValueTask<SessionBudget?>> CheckAsync);

internal static class UploadRoutes
{
    /// <summary>Lets the route take a file. Its handler has a parameter of the type <see cref="UploadBody"/>.</summary>
    /// <typeparam name="T">The record of a JSON body.</typeparam>
    /// <param name="route">The route.</param>
    /// <param name="checkAsync">See <see cref="UploadRoute"/>.</param>
    public static RouteHandlerBuilder TakesUpload<T>(this RouteHandlerBuilder route, Func<HttpContext, ValueTask<SessionBudget?>> checkAsync) =>
        route.AddEndpointFilter(UploadBody.DisposeAfterAsync).WithMetadata(new FileBody(typeof(T)), new UploadRoute(checkAsync));
}
