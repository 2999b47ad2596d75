using ChatBotKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the clients of the ChatBotKit API.</summary>
public static class ChatBotKitServiceCollectionExtensions
{
    private const string HttpClientName = "ChatBotKit";

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Registers <see cref="ChatBotKitApi"/>, <see cref="ConversationClient"/>, <see cref="MessageClient"/> and
    /// <see cref="SessionClient"/> as singletons.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets at least <see cref="ChatBotKitOptions.Secret"/>.</param>
    /// <returns>The HTTP client behind them, for handlers of one's own.</returns>
    public static IHttpClientBuilder AddChatBotKit(this IServiceCollection services, Action<ChatBotKitOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, Options.Options.DefaultName, options => options.Configure(configure));
    }

    /// <summary>Registers the clients with settings of the configuration, whose changes of the secret count at once.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">The section with the properties of <see cref="ChatBotKitOptions"/>.</param>
    /// <returns>The HTTP client behind them, for handlers of one's own.</returns>
    public static IHttpClientBuilder AddChatBotKit(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, Options.Options.DefaultName, options => options.Bind(section));
    }

    /// <summary>Registers the clients under a name, for hosts that call several accounts or servers.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The key, as in <c>[FromKeyedServices("name")] ChatBotKitApi api</c>.</param>
    /// <param name="configure">Sets at least <see cref="ChatBotKitOptions.Secret"/>.</param>
    /// <returns>The HTTP client behind them, for handlers of one's own.</returns>
    public static IHttpClientBuilder AddChatBotKit(this IServiceCollection services, string name, Action<ChatBotKitOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, name, options => options.Configure(configure));
    }

    /// <summary>Registers the clients under a name, with settings of the configuration.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The key, as in <c>[FromKeyedServices("name")] ChatBotKitApi api</c>.</param>
    /// <param name="section">The section with the properties of <see cref="ChatBotKitOptions"/>.</param>
    /// <returns>The HTTP client behind them, for handlers of one's own.</returns>
    public static IHttpClientBuilder AddChatBotKit(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, name, options => options.Bind(section));
    }

    /// <summary>Under which name the HTTP client of these clients is registered.</summary>
    internal static string HttpClientNameOf(string? name) => string.IsNullOrEmpty(name) ? HttpClientName : $"{HttpClientName}:{name}";

    private static IHttpClientBuilder Add(IServiceCollection services, string name, Action<OptionsBuilder<ChatBotKitOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        configure(services.AddOptions<ChatBotKitOptions>(name).ValidateOnStart());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ChatBotKitOptions>, ChatBotKitOptionsValidator>());

        object? key = name.Length == 0 ? null : name;
        var http = services.AddHttpClient(HttpClientNameOf(name));
        // Adding again only changes the settings.
        if (services.Any(service => service.ServiceType == typeof(ChatBotKitApi) && Equals(service.ServiceKey, key)))
            return http;

        services.Add(ServiceDescriptor.KeyedSingleton(key, (provider, _) => CreateApi(provider, name, http.Name)));
        AddPart(services, key, api => api.Conversation);
        AddPart(services, key, api => api.Conversation.Message);
        AddPart(services, key, api => api.Conversation.Session);
        return http
            // The SDK has limits of its own, which leave long streams alone.
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = ConnectionLifetime)
            // The clients are singletons, so connections are renewed in the pool and not with the handler.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddHttpMessageHandler(provider => new SecretHandler(name, provider, provider.GetRequiredService<IOptionsMonitor<ChatBotKitOptions>>()));
    }

    private static void AddPart<T>(IServiceCollection services, object? key, Func<ChatBotKitApi, T> part)
        where T : ChatBotKitClient =>
        services.Add(ServiceDescriptor.KeyedSingleton(key, (provider, _) => part(provider.GetRequiredKeyedService<ChatBotKitApi>(key))));

    private static ChatBotKitApi CreateApi(IServiceProvider provider, string name, string httpName)
    {
        var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(httpName);
        var options = provider.GetRequiredService<IOptionsMonitor<ChatBotKitOptions>>().Get(name);
        return new ChatBotKitApi(options.ToClientOptions(http, provider.GetService<TimeProvider>() ?? TimeProvider.System));
    }
}
