namespace ChatBotKit;

/// <summary>Integrations that let people write to a bot from Facebook Messenger.</summary>
public class IntegrationMessengerClient
    : IntegrationKindClient<IntegrationMessengerItem, IntegrationMessengerCreateRequest, IntegrationMessengerUpdateRequest>
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationMessengerClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationMessengerClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationMessengerClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationMessengerClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationMessengerClient"/> class without options, for fakes that
    /// override the operations that they need.
    /// </summary>
    protected IntegrationMessengerClient()
    {
    }

    private protected override string Kind => "messenger";

    /// <summary>Enters the start button and the menu of the page at Meta.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: there is no such integration. <see cref="ErrorCodes.Conflict"/>: there is no
    /// access token, or Meta refuses it.
    /// </exception>
    public virtual Task<IdResponse> SetupAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/messenger/{messengerIntegrationId}/setup", integrationId), record: null, cancellationToken);

    /// <summary>
    /// Lets the bot begin a conversation on Messenger; Meta lets it only for some time after the user last wrote.
    /// </summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">Where the bot writes and about what.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration; the bot writes after that.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such
    /// integration. <see cref="ErrorCodes.TooManyRequests"/>: too many conversations were begun.
    /// </exception>
    public virtual Task<IdResponse> InitiateAsync(
        string integrationId, IntegrationMessengerInitiateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/messenger/{messengerIntegrationId}/initiate", integrationId), request, cancellationToken);
    }
}
