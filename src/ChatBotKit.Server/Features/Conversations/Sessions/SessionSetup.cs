using ChatBotKit.Server.Features.Conversations.Sessions.Visitors;

namespace ChatBotKit.Server.Features.Conversations.Sessions;

internal static class SessionSetup
{
    public static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSingleton<SessionMinter>()
        .AddSingleton<VisitorConversations>()
        .AddSingleton<SessionCreation>()
        .AddSingleton<SessionReading>()
        .AddSingleton<SessionRefresh>()
        .AddSingleton<SessionRevocation>();
}
