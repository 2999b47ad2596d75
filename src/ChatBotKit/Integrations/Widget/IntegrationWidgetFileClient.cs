namespace ChatBotKit;

/// <summary>Manages the pictures in widgets.</summary>
public class IntegrationWidgetFileClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationWidgetFileClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationWidgetFileClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationWidgetFileClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationWidgetFileClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationWidgetFileClient"/> class without options, for test doubles
    /// that override operations.
    /// </summary>
    protected IntegrationWidgetFileClient()
    {
    }

    /// <summary>Puts a picture into a widget. It replaces the picture in the same place.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="fileId">The id of the file.</param>
    /// <param name="request">The place in the widget.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The picture and its place.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the integration or the
    /// file does not exist.
    /// </exception>
    public virtual Task<IntegrationWidgetFileItem> AttachAsync(
        string integrationId, string fileId, IntegrationWidgetFileAttachRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IntegrationWidgetFileItem>(
            Route.Of("/api/v1/integration/widget/{widgetIntegrationId}/file/{fileId}/attach", integrationId, fileId), request, cancellationToken);
    }

    /// <summary>Removes a picture from a widget. The file stays.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="fileId">The id of the file.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The picture and the place that was cleared.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the integration or the file does not exist.</exception>
    public virtual Task<IntegrationWidgetFileItem> DetachAsync(
        string integrationId, string fileId, CancellationToken cancellationToken = default) =>
        PostAsync<IntegrationWidgetFileItem>(
            Route.Of("/api/v1/integration/widget/{widgetIntegrationId}/file/{fileId}/detach", integrationId, fileId), record: null, cancellationToken);
}
