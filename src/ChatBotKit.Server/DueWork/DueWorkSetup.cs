namespace ChatBotKit.Server.DueWork;

internal static class DueWorkSetup
{
    /// <summary>Adds the service that does due work. The features add the handlers.</summary>
    public static IServiceCollection AddDueWork(this IServiceCollection services) => services
        .AddSingleton<DueWorkHandlers>()
        .AddSingleton<DueWorkRunner>()
        .AddSingleton<DueWorkStart>()
        .AddDueWorkHandler<RetentionWork>()
        .AddDueWorkHandler<EventRetentionWork>()
        .AddDueWorkHandler<BlobRemovalWork>()
        .AddHostedService<DueWorkService>();

    /// <summary>Adds the handler of a kind of work.</summary>
    public static IServiceCollection AddDueWorkHandler<T>(this IServiceCollection services)
        where T : class, IDueWorkHandler => services
        .AddSingleton<T>()
        .AddSingleton<IDueWorkHandler>(provider => provider.GetRequiredService<T>());
}
