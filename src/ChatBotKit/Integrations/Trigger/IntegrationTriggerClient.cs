namespace ChatBotKit;

/// <summary>Manages integrations that start a bot on a schedule or when a program asks for it.</summary>
public class IntegrationTriggerClient
    : IntegrationKindClient<IntegrationTriggerItem, IntegrationTriggerCreateRequest, IntegrationTriggerUpdateRequest>
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationTriggerClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationTriggerClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationTriggerClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationTriggerClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationTriggerClient"/> class without options, for test doubles
    /// that override operations.
    /// </summary>
    protected IntegrationTriggerClient()
    {
    }

    private protected override string Kind => "trigger";

    /// <summary>Prepares the integration for use. Nothing is changed at the other service.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the integration does not exist.</exception>
    public virtual Task<IdResponse> SetupAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/trigger/{triggerIntegrationId}/setup", integrationId), record: null, cancellationToken);

    /// <summary>Starts the bot of the trigger now.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration. The bot starts its work after the answer.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the integration does not exist.</exception>
    public virtual Task<IdResponse> InvokeAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/trigger/{triggerIntegrationId}/invoke", integrationId), record: null, cancellationToken);
}
