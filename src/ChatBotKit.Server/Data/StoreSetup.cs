using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatBotKit.Server.Data;

internal static class StoreSetup
{
    /// <summary>
    /// Adds <see cref="IStore"/>, <see cref="IStoreMaintenance"/> and <see cref="IBlobStore"/>. The store can be resolved after <see cref="OpenStoreAsync"/>
    /// has completed.
    /// </summary>
    /// <param name="services">The services of the server.</param>
    /// <param name="options">The settings; null to read them from the configuration when the store opens.</param>
    public static IServiceCollection AddStore(this IServiceCollection services, StoreOptions? options = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => options ?? StoreOptions.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<StoreLifetime>();
        services.AddSingleton<IStore>(provider => provider.GetRequiredService<StoreLifetime>().Store);
        services.AddSingleton<IStoreMaintenance>(provider => provider.GetRequiredService<StoreLifetime>().Store);
        services.AddSingleton(provider => provider.GetRequiredService<StoreLifetime>().Store.Blobs);
        services.AddSingleton<EventQueue>();
        services.AddSingleton<UsageQueue>();
        services.AddHostedService<SpaceService>();
        services.AddHostedService<StoredLaterService<EventQueue>>();
        services.AddHostedService<StoredLaterService<UsageQueue>>();
        return services;
    }

    /// <summary>Opens the store. The host awaits this before it listens.</summary>
    /// <exception cref="StartupException">The data directory or the database can't be used.</exception>
    public static async Task OpenStoreAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<StoreLifetime>().OpenAsync(cancellationToken);
        // The container disposes services in reverse order of creation. Resolving these here makes them outlive every service that
        // uses them.
        services.GetRequiredService<IStore>();
        services.GetRequiredService<IBlobStore>();
        services.GetRequiredService<IStoreMaintenance>();
    }
}
