namespace ChatBotKit;

/// <summary>Manages integrations that let people write to a bot from Google Chat.</summary>
public class IntegrationGoogleChatClient
    : IntegrationKindClient<IntegrationGoogleChatItem, IntegrationGoogleChatCreateRequest, IntegrationGoogleChatUpdateRequest>
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationGoogleChatClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationGoogleChatClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationGoogleChatClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationGoogleChatClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationGoogleChatClient"/> class without options, for test doubles
    /// that override operations.
    /// </summary>
    protected IntegrationGoogleChatClient()
    {
    }

    private protected override string Kind => "googlechat";

    /// <summary>Checks the key of the service account by signing in at Google.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the integration does not exist. <see cref="ErrorCodes.Conflict"/>: Google refused
    /// the key; the message is that of Google.
    /// </exception>
    public virtual Task<IdResponse> SetupAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/googlechat/{googlechatIntegrationId}/setup", integrationId), record: null, cancellationToken);

    /// <summary>Lets the bot start a conversation in Google Chat.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">The recipient, and the instruction for the bot.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration. The bot writes the message after the answer.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the integration does
    /// not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many conversations were started in a short time.
    /// </exception>
    public virtual Task<IdResponse> InitiateAsync(
        string integrationId, IntegrationGoogleChatInitiateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/googlechat/{googlechatIntegrationId}/initiate", integrationId), request, cancellationToken);
    }
}
