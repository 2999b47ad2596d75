namespace ChatBotKit;

/// <summary>Manages integrations that put a chat window into web pages.</summary>
public class IntegrationWidgetClient
    : IntegrationKindClient<IntegrationWidgetItem, IntegrationWidgetCreateRequest, IntegrationWidgetUpdateRequest>
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationWidgetClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationWidgetClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationWidgetClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationWidgetClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationWidgetClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected IntegrationWidgetClient()
    {
    }

    /// <summary>Gets the pictures in widgets.</summary>
    public virtual IntegrationWidgetFileClient File => field ??= new IntegrationWidgetFileClient(this);

    /// <summary>Gets the sessions of visitors.</summary>
    public virtual IntegrationWidgetSessionClient Session => field ??= new IntegrationWidgetSessionClient(this);

    private protected override string Kind => "widget";

    /// <summary>Translates the texts of the widget again into its language.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the integration does not exist.</exception>
    public virtual Task<IdResponse> SetupAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/widget/{widgetIntegrationId}/setup", integrationId), record: null, cancellationToken);

    /// <summary>Creates a widget with the settings of an existing one.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the new widget.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the integration does not exist. <see cref="ErrorCodes.LimitsReached"/>: the plan
    /// of the account allows no more integrations.
    /// </exception>
    public virtual Task<IdResponse> CloneAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/widget/{widgetIntegrationId}/clone", integrationId), record: null, cancellationToken);
}
