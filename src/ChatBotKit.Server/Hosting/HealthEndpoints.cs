using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Hosting;

internal static class HealthEndpoints
{
    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the endpoints with which a supervisor checks whether the process is alive and ready.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/health/live", Verbs, () => Ok()).ExcludeFromDescription().IsOwnAnswer();
        app.MapMethods("/health/ready", Verbs, ReadyAsync).ExcludeFromDescription().IsOwnAnswer();
        // For tools that check a single well-known address.
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
