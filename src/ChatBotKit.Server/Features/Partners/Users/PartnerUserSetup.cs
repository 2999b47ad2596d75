using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Partners.Users.Sessions;
using ChatBotKit.Server.Features.Partners.Users.Tokens;

namespace ChatBotKit.Server.Features.Partners.Users;

internal static class PartnerUserSetup
{
    public static IServiceCollection AddPartnerUsers(this IServiceCollection services) => services
        .AddSingleton<PartnerUsers>()
        .AddSingleton<PartnerUserChanges>()
        .AddSingleton<UserTokenMaker>()
        .AddSingleton<PartnerUserTokens>()
        .AddSingleton<PartnerUserSessions>()
        .AddSingleton<AccountRemoval>()
        .AddDueWorkHandler<AccountRemovalWork>();

    public static void MapPartners(this IEndpointRouteBuilder app)
    {
        app.MapPartnerUsers();
        app.MapPartnerUserTokens();
        app.MapPartnerUserSessions();
    }
}
