using ChatBotKit.Server.Features.Channels;
using ChatBotKit.Server.Features.Runs;
using ChatBotKit.Server.Features.Sessions;

namespace ChatBotKit.Server.Features;

/// <summary>Every route of the API, feature by feature.</summary>
internal static class FeatureRoutes
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) =>
        services.AddSingleton<StatelessRequests>();

    public static void MapFeatures(this IEndpointRouteBuilder app)
    {
        app.MapRuns();
        app.MapSessions();
        app.MapChannels();
    }
}
