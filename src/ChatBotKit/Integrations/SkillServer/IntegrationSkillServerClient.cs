using System.Text;

namespace ChatBotKit;

/// <summary>Manages integrations that offer a skillset to other programs over plain HTTP.</summary>
public class IntegrationSkillServerClient
    : IntegrationKindClient<IntegrationSkillServerItem, IntegrationSkillServerCreateRequest, IntegrationSkillServerUpdateRequest>
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationSkillServerClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationSkillServerClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationSkillServerClient"/> class with the options and connections
    /// of another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationSkillServerClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationSkillServerClient"/> class without options, for test doubles
    /// that override operations.
    /// </summary>
    protected IntegrationSkillServerClient()
    {
    }

    private protected override string Kind => "skillserver";

    /// <summary>
    /// Fetches the manual, which lists the abilities of the skill server and how to call them. The secret of this client
    /// must be the <see cref="IntegrationSkillServerItem.AccessToken"/> of the skill server, not an API token.
    /// </summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The manual as Markdown.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the integration does not exist. <see cref="ErrorCodes.NotAuthenticated"/>: the
    /// credential is not the access token of the skill server.
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
    /// Calls an ability. The secret of this client must be the <see cref="IntegrationSkillServerItem.AccessToken"/> of the
    /// skill server, not an API token.
    /// </summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">The ability and its arguments.</param>
    /// <param name="session">
    /// A name shared by calls that belong together, so that abilities can keep state between them; null for none.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The result, or the error of the ability.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the integration does
    /// not exist. <see cref="ErrorCodes.NotAuthenticated"/>: the credential is not the access token of the skill server.
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
