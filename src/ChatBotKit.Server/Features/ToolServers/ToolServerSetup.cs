using ChatBotKit.Server.Features.ToolServers.SignIn;

namespace ChatBotKit.Server.Features.ToolServers;

internal static class ToolServerSetup
{
    public static IServiceCollection AddToolServers(this IServiceCollection services) => services
        .AddSingleton<ToolServerAccess>()
        .AddSingleton<McpAddresses>()
        .AddSingleton<McpClientIds>()
        .AddSingleton<McpGrants>()
        .AddSingleton<ServedTools>()
        .AddSingleton<McpTransport>();

    public static void MapToolServers(this IEndpointRouteBuilder app)
    {
        app.MapMcpServers();
        app.MapMcpSignIns();
        app.MapSkillServers();
    }
}
