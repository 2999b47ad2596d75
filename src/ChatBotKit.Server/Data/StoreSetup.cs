using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatBotKit.Server.Data;

internal static class StoreSetup
{
    /// <summary>
    /// Adds <see cref="IStore"/> and <see cref="IStoreMaintenance"/>. The store can be resolved once <see cref="OpenStoreAsync"/> is done.
    /// </summary>
    /// <param name="services">The services of the server.</param>
    /// <param name="options">When null they are read from the configuration as the host has it when the store opens.</param>
    public static IServiceCollection AddStore(this IServiceCollection services, StoreOptions? options = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => options ?? StoreOptions.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<StoreLifetime>();
        services.AddSingleton<IStore>(provider => provider.GetRequiredService<StoreLifetime>().Store);
        services.AddSingleton<IStoreMaintenance>(provider => provider.GetRequiredService<StoreLifetime>().Store);
        services.AddHostedService<SpaceService>();
        return services;
    }

    /// <summary>Opens the store; to be awaited before the server listens.</summary>
    /// <exception cref="StartupException">The data directory or the database can't be used.</exception>
    public static async Task OpenStoreAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<StoreLifetime>().OpenAsync(cancellationToken);
        // The container closes in the reverse order of creation: with both here, nobody who uses the store outlives it.
        services.GetRequiredService<IStore>();
        services.GetRequiredService<IStoreMaintenance>();
    }
}
