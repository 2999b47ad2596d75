using System.Text;

namespace ChatBotKit;

/// <summary>Integrations that offer a skillset to other programs over plain HTTP.</summary>
public class IntegrationSkillServerClient
    : IntegrationKindClient<IntegrationSkillServerItem, IntegrationSkillServerCreateRequest, IntegrationSkillServerUpdateRequest>
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public IntegrationSkillServerClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public IntegrationSkillServerClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected IntegrationSkillServerClient()
    {
    }

    private protected override string Kind => "skillserver";

    /// <summary>
    /// Fetches the manual: which abilities the server offers and how to call them. The secret of this client must be the
    /// server's <see cref="IntegrationSkillServerItem.AccessToken"/>, not an API token.
    /// </summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The manual as Markdown.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: there is no such integration. <see cref="ErrorCodes.NotAuthenticated"/>: the token
    /// is not that of the server.
    /// </exception>
    public virtual async Task<string> FetchManualAsync(string integrationId, CancellationToken cancellationToken = default)
    {
        using var manual = new MemoryStream();
        var options = new ClientFetchOptions
        {
            Headers = new Dictionary<string, string> { ["Accept"] = "text/markdown" },
            CancellationToken = cancellationToken,
        };
        await DownloadAsync(Route.Of("/api/v1/integration/skillserver/{skillserverIntegrationId}/invoke", integrationId), options, manual)
            .ConfigureAwait(false);
        return Encoding.UTF8.GetString(manual.GetBuffer().AsSpan(0, (int)manual.Length));
    }

    /// <summary>
    /// Calls an ability. The secret of this client must be the server's
    /// <see cref="IntegrationSkillServerItem.AccessToken"/>, not an API token.
    /// </summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">Which ability, and with what.</param>
    /// <param name="session">A name for calls that belong together, so that abilities remember what was before; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The result, or why the ability failed.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such
    /// integration. <see cref="ErrorCodes.NotAuthenticated"/>: the token is not that of the server.
    /// </exception>
    public virtual Task<IntegrationSkillServerInvokeResponse> InvokeAsync(
        string integrationId, IntegrationSkillServerInvokeRequest request, string? session = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = Body(request, cancellationToken) with
        {
            Query = new Dictionary<string, object?> { ["format"] = "json", ["session"] = session },
        };
        return Call<IntegrationSkillServerInvokeResponse, IntegrationSkillServerInvokeResponse>(
            Route.Of("/api/v1/integration/skillserver/{skillserverIntegrationId}/invoke", integrationId), options).AsTask(CancellationToken.None);
    }
}
