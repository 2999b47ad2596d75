using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatBotKit;

/// <summary>The shared state of the clients of one registration: settings, connections, and the source of their token.</summary>
internal sealed class ChatBotKitRegistration
{
    private readonly string _name;
    private readonly IOptionsMonitor<ChatBotKitOptions> _options;
    private readonly ScopedServiceGuard _root;
    private readonly IServiceProvider _rootServices;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly Lazy<ChatBotKitApi> _api;

    public ChatBotKitRegistration(IServiceProvider root, IServiceCollection services, string name, string httpName)
    {
        _name = name;
        _options = root.GetRequiredService<IOptionsMonitor<ChatBotKitOptions>>();
        _rootServices = root;
        _root = new ScopedServiceGuard(root, services);
        _http = root.GetRequiredService<IHttpClientFactory>().CreateClient(httpName);
        _time = root.GetService<TimeProvider>() ?? TimeProvider.System;
        _api = new Lazy<ChatBotKitApi>(() => Create(root));
    }

    /// <summary>Returns the client of a scope: the shared one, unless the token depends on the scope.</summary>
    public ChatBotKitApi ApiFor(IServiceProvider scope) =>
        _options.Get(_name).SecretProvider is null || ReferenceEquals(scope, _rootServices) ? _api.Value : Create(scope);

    /// <summary>Returns the current token.</summary>
    /// <exception cref="InvalidOperationException">
    /// There is no token that can be sent, or the provider needs a scope that the client does not have.
    /// </exception>
    public async ValueTask<string> SecretAsync(IServiceProvider scope, CancellationToken cancellationToken)
    {
        var current = _options.Get(_name);
        var secret = current.SecretProvider is { } provider
            ? await provider(ReferenceEquals(scope, _rootServices) ? _root : scope, cancellationToken).ConfigureAwait(false)
            : current.Secret;
        return ChatBotKitOptionsValidator.IsUsable(secret)
            ? secret
            : throw new InvalidOperationException("The API token of this request is empty or not one word.");
    }

    private ChatBotKitApi Create(IServiceProvider scope) =>
        new(_options.Get(_name).ToClientOptions(_http, _time, token => SecretAsync(scope, token)));
}
