using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace ChatBotKit;

/// <summary>Gives each request the token that is good now. A request without credential, as to somebody else's server, gets none.</summary>
internal sealed class SecretHandler(string name, IServiceProvider services, IOptionsMonitor<ChatBotKitOptions> options) : DelegatingHandler
{
    /// <summary>What a client carries whose token is asked for at each request.</summary>
    public const string Placeholder = "given-per-request";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await SecretAsync(cancellationToken).ConfigureAwait(false));
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<string> SecretAsync(CancellationToken cancellationToken)
    {
        var current = options.Get(name);
        var secret = current.SecretProvider is { } provider
            ? await provider(services, cancellationToken).ConfigureAwait(false)
            : current.Secret;
        return ChatBotKitOptionsValidator.IsUsable(secret)
            ? secret
            : throw new InvalidOperationException("The API token that was given for this request is empty or not one word.");
    }
}
