namespace ChatBotKit.Server.Features.Sessions;

internal static class SessionSetup
{
    public static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSingleton<SessionCreation>()
        .AddSingleton<SessionReading>()
        .AddSingleton<SessionRefresh>()
        .AddSingleton<SessionRevocation>();
}
