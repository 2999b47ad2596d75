using System.Runtime.Versioning;
using ChatBotKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the clients of the ChatBotKit API.</summary>
public static class ChatBotKitServiceCollectionExtensions
{
    private const string HttpClientName = "ChatBotKit";

    /// <summary>
    /// Registers <see cref="ChatBotKitApi"/>, <see cref="ConversationClient"/>, <see cref="MessageClient"/> and
    /// <see cref="SessionClient"/> as singletons. With a <see cref="ChatBotKitOptions.SecretProvider"/>, they are
    /// registered as scoped services, and the provider sees the services of the scope.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">
    /// Configures the options. <see cref="ChatBotKitOptions.Secret"/> or <see cref="ChatBotKitOptions.SecretProvider"/> is
    /// required.
    /// </param>
    /// <returns>A builder of the HTTP client, to which handlers can be added.</returns>
    public static IHttpClientBuilder AddChatBotKit(this IServiceCollection services, Action<ChatBotKitOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, Options.Options.DefaultName, options => options.Configure(configure));
    }

    /// <summary>Registers the clients with settings from the configuration. A changed secret applies to the next request.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">The section with the properties of <see cref="ChatBotKitOptions"/>.</param>
    /// <returns>A builder of the HTTP client, to which handlers can be added.</returns>
    public static IHttpClientBuilder AddChatBotKit(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, Options.Options.DefaultName, options => options.Bind(section));
    }

    /// <summary>Registers the clients under a name, for hosts that call several accounts or servers.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The key, as in <c>[FromKeyedServices("name")] ChatBotKitApi api</c>.</param>
    /// <param name="configure">
    /// Configures the options. <see cref="ChatBotKitOptions.Secret"/> or <see cref="ChatBotKitOptions.SecretProvider"/> is
    /// required.
    /// </param>
    /// <returns>A builder of the HTTP client, to which handlers can be added.</returns>
    public static IHttpClientBuilder AddChatBotKit(this IServiceCollection services, string name, Action<ChatBotKitOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, name, options => options.Configure(configure));
    }

    /// <summary>Registers the clients under a name, with settings from the configuration.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The key, as in <c>[FromKeyedServices("name")] ChatBotKitApi api</c>.</param>
    /// <param name="section">The section with the properties of <see cref="ChatBotKitOptions"/>.</param>
    /// <returns>A builder of the HTTP client, to which handlers can be added.</returns>
    public static IHttpClientBuilder AddChatBotKit(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, name, options => options.Bind(section));
    }

    /// <summary>Gets the name under which the HTTP client of these clients is registered.</summary>
    internal static string HttpClientNameOf(string? name) => string.IsNullOrEmpty(name) ? HttpClientName : $"{HttpClientName}:{name}";

    private static IHttpClientBuilder Add(IServiceCollection services, string name, Action<OptionsBuilder<ChatBotKitOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        configure(services.AddOptions<ChatBotKitOptions>(name).ValidateOnStart());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ChatBotKitOptions>, ChatBotKitOptionsValidator>());

        object? key = name.Length == 0 ? null : name;
        var http = services.AddHttpClient(HttpClientNameOf(name));
        // Another registration only changes the settings.
        if (services.Any(service => service.ServiceType == typeof(ChatBotKitApi) && Equals(service.ServiceKey, key)))
            return http;

        services.Add(ServiceDescriptor.KeyedSingleton(key, (root, _) => new ChatBotKitRegistration(root, services, name, http.Name)));
        services.Add(ServiceDescriptor.KeyedTransient(key, (provider, _) =>
            provider.GetRequiredKeyedService<ChatBotKitRegistration>(key).ApiFor(provider)));
        AddPart(services, key, api => api.Conversation);
        AddPart(services, key, api => api.Conversation.Message);
        AddPart(services, key, api => api.Conversation.Session);
        if (OperatingSystem.IsBrowser())
            http.ConfigurePrimaryHttpMessageHandler(static () => HttpHandlers.Create());
        else
            http.UseSocketsHttpHandler(Configure);
        return http
            // The SDK has its own timeouts, which do not limit long streams.
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
            // The clients are kept, so the pool renews the connections, and the handler is not replaced.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddHttpMessageHandler(static () => new RouteNotes());
    }

    [UnsupportedOSPlatform("browser")]
    private static void Configure(SocketsHttpHandler handler, IServiceProvider services) => HttpHandlers.Configure(handler);

    private static void AddPart<T>(IServiceCollection services, object? key, Func<ChatBotKitApi, T> part)
        where T : ChatBotKitClient =>
        services.Add(ServiceDescriptor.KeyedTransient(key, (provider, _) => part(provider.GetRequiredKeyedService<ChatBotKitApi>(key))));
}
