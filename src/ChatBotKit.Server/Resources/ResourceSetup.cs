using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Resources;

internal static class ResourceSetup
{
    public static IServiceCollection AddResources(this IServiceCollection services) => services
        .AddSingleton<IResourceObserver, ResourceEvents>()
        .AddSingleton<ResourceSecrets>()
        .AddSingleton<ResourceEdit>()
        .AddSingleton<ResourceStore>()
        .AddSingleton<ResourceWriter>()
        .AddSingleton<ResourceRemoval>()
        .AddSingleton<ResourceHandlers>()
        .AddSingleton<ResourceListing>()
        .AddSingleton<ResourceVotes>()
        .AddDueWorkHandler<ResourceExpiryWork>();
}
