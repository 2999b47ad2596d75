using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Hosting;

internal static class HealthEndpoints
{
    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>For whoever watches the process: is it there, and can it serve.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/health/live", Verbs, () => Ok()).ExcludeFromDescription().IsOwnAnswer();
        app.MapMethods("/health/ready", Verbs, ReadyAsync).ExcludeFromDescription().IsOwnAnswer();
        // Where tools look that know of one address only.
        app.MapMethods("/health", Verbs, ReadyAsync).ExcludeFromDescription().IsOwnAnswer();
    }

    private static async Task<IResult> ReadyAsync(StoreLifetime lifetime, CancellationToken cancellationToken)
    {
        try
        {
            await lifetime.Store.CheckAsync(cancellationToken);
            return Ok();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ApiException.ServiceUnavailable("The store does not answer");
        }
    }

    private static IResult Ok() => Results.Text("""{"status":"ok"}""", "application/json");
}
