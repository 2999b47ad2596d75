using ChatBotKit.Server.Features.GraphQl.Schema;

namespace ChatBotKit.Server.Features.GraphQl;

internal static class GraphQlSetup
{
    public static IServiceCollection AddGraphQl(this IServiceCollection services) => services
        .AddSingleton<ResourceSchema>()
        .AddSingleton<ResourceQueries>()
        .AddSingleton<GraphQlExecution>();
}
