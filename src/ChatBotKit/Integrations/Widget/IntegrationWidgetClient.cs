namespace ChatBotKit;

/// <summary>Integrations that put a chat window into web pages.</summary>
public class IntegrationWidgetClient
    : IntegrationKindClient<IntegrationWidgetItem, IntegrationWidgetCreateRequest, IntegrationWidgetUpdateRequest>
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public IntegrationWidgetClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public IntegrationWidgetClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected IntegrationWidgetClient()
    {
    }

    /// <summary>Gets the pictures in widgets.</summary>
    public virtual IntegrationWidgetFileClient File => field ??= new IntegrationWidgetFileClient(this);

    private protected override string Kind => "widget";

    /// <summary>Has the texts around the chat translated anew into the language of the widget.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The id of the integration.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such integration.</exception>
    public virtual Task<IdResponse> SetupAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/widget/{widgetIntegrationId}/setup", integrationId), record: null, cancellationToken);

    /// <summary>Makes a widget with the settings of another one.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The id of the new widget.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: there is no such integration. <see cref="ErrorCodes.LimitsReached"/>: the plan of
    /// the account allows no more integrations.
    /// </exception>
    public virtual Task<IdResponse> CloneAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/widget/{widgetIntegrationId}/clone", integrationId), record: null, cancellationToken);
}
