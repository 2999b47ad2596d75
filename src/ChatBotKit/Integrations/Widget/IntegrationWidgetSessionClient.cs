namespace ChatBotKit;

/// <summary>
/// Creates sessions of visitors with the bot of a widget. The server of this project has this operation, which needs no credential; the
/// widget itself calls it in the browser.
/// </summary>
public class IntegrationWidgetSessionClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationWidgetSessionClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationWidgetSessionClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationWidgetSessionClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationWidgetSessionClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationWidgetSessionClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected IntegrationWidgetSessionClient()
    {
    }

    /// <summary>
    /// Creates a conversation with the bot of a widget, and a session for it; with a resume key, a new token for an earlier one.
    /// </summary>
    /// <param name="integrationId">The id of the integration, not its alias.</param>
    /// <param name="request">The visitor and the first messages; null for a new conversation without messages.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The conversation, the token and the resume key, which are returned only here.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the widget does not
    /// exist. <see cref="ErrorCodes.Conflict"/>: the widget has no bot, or the owner has verified the contact.
    /// <see cref="ErrorCodes.OriginNotAllowed"/>: the widget is bound to the origins of other pages.
    /// <see cref="ErrorCodes.SessionRevoked"/>: the owner has ended the conversation of the resume key.
    /// <see cref="ErrorCodes.TooManyRequests"/>: too many sessions from the address of the visitor.
    /// </exception>
    public virtual Task<IntegrationWidgetSessionCreateResponse> CreateAsync(
        string integrationId, IntegrationWidgetSessionCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IntegrationWidgetSessionCreateResponse>(
            Route.Of("/api/v1/integration/widget/{widgetIntegrationId}/session/create", integrationId), request, cancellationToken);
}
