using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>Marks a route that takes a file in every form of upload.</summary>
/// <param name="CheckAsync">
/// Checks that the caller may add the file. It is called before the file is received, because receiving it costs time and space. It
/// returns the limit of the caller; null for none.
/// </param>
/// <param name="ReadJsonAsync">Reads a JSON body, and returns its file and its hash.</param>
internal sealed record UploadRoute(
    Func<HttpContext, ValueTask<IByteBudget?>> CheckAsync,
    Func<HttpContext, CancellationToken, ValueTask<(AttachmentFile? File, byte[]? Hash)>> ReadJsonAsync);

internal static class UploadRoutes
{
    /// <summary>Lets the route take a file. Its handler has a parameter of the type <see cref="UploadBody"/>.</summary>
    /// <typeparam name="T">The record of a JSON body.</typeparam>
    /// <param name="route">The route.</param>
    /// <param name="checkAsync">See <see cref="UploadRoute"/>.</param>
    /// <param name="fileOf">Returns the file of a JSON body.</param>
    public static RouteHandlerBuilder TakesUpload<T>(
        this RouteHandlerBuilder route, Func<HttpContext, ValueTask<IByteBudget?>> checkAsync, Func<T, AttachmentFile?> fileOf) =>
        route.AddEndpointFilter(UploadBody.DisposeAfterAsync).WithMetadata(
            new FileBody(typeof(T)),
            new UploadRoute(checkAsync, async (context, cancellationToken) =>
            {
                var limit = context.RequestServices.GetRequiredService<BodyOptions>().MaxBodyBytes;
                var body = await JsonBodyReader.ReadAsync<T>(context, limit, cancellationToken);
                return (fileOf(body.Value), body.Hash);
            }));
}
