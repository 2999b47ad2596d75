namespace ChatBotKit.Server.BackgroundWork;

internal static class BackgroundWorkSetup
{
    /// <summary>Adds what the server does at intervals, besides its requests.</summary>
    public static IServiceCollection AddBackgroundWork(this IServiceCollection services) => services
        .AddHostedService<RetentionService>()
        .AddHostedService<SpaceService>()
        .AddHostedService<AuditService>()
        .AddHostedService<KeyRotationService>()
        .AddHostedService<ApiTokenUseService>()
        .AddHostedService<CutRunService>();
}
