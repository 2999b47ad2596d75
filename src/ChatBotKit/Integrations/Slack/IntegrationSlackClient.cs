namespace ChatBotKit;

/// <summary>Integrations that let people write to a bot from Slack.</summary>
public class IntegrationSlackClient
    : IntegrationKindClient<IntegrationSlackItem, IntegrationSlackCreateRequest, IntegrationSlackUpdateRequest>
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationSlackClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationSlackClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationSlackClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationSlackClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationSlackClient"/> class without options, for fakes that override
    /// the operations that they need.
    /// </summary>
    protected IntegrationSlackClient()
    {
    }

    private protected override string Kind => "slack";

    /// <summary>Checks the bot token by signing in at Slack.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: there is no such integration. <see cref="ErrorCodes.Conflict"/>: the signing
    /// secret or the bot token is missing, or Slack refuses the token.
    /// </exception>
    public virtual Task<IdResponse> SetupAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/slack/{slackIntegrationId}/setup", integrationId), record: null, cancellationToken);

    /// <summary>Lets the bot begin a conversation in Slack.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">Where the bot writes and about what.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration; the bot writes after that.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such
    /// integration. <see cref="ErrorCodes.TooManyRequests"/>: too many conversations were begun.
    /// </exception>
    public virtual Task<IdResponse> InitiateAsync(
        string integrationId, IntegrationSlackInitiateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/slack/{slackIntegrationId}/initiate", integrationId), request, cancellationToken);
    }
}
