namespace ChatBotKit;

/// <summary>Integrations that let people write to a bot from Slack.</summary>
public class IntegrationSlackClient
    : IntegrationKindClient<IntegrationSlackItem, IntegrationSlackCreateRequest, IntegrationSlackUpdateRequest>
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public IntegrationSlackClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public IntegrationSlackClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected IntegrationSlackClient()
    {
    }

    private protected override string Kind => "slack";

    /// <summary>Checks the bot token by signing in at Slack.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The id of the integration.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: there is no such integration. <see cref="ErrorCodes.Conflict"/>: the signing
    /// secret or the bot token is missing, or Slack refuses the token.
    /// </exception>
    public virtual Task<IdResponse> SetupAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/slack/{slackIntegrationId}/setup", integrationId), record: null, cancellationToken);

    /// <summary>Has the bot begin a conversation in Slack.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">Where the bot writes and about what.</param>
    /// <param name="cancellationToken">Ends the call.</param>
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
