namespace ChatBotKit;

/// <summary>The pictures in widgets.</summary>
public class IntegrationWidgetFileClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public IntegrationWidgetFileClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public IntegrationWidgetFileClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected IntegrationWidgetFileClient()
    {
    }

    /// <summary>Puts a picture into a widget, in place of the one that is there.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="fileId">The id of the file.</param>
    /// <param name="request">Where it is shown.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The picture and its place.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such
    /// integration or file.
    /// </exception>
    public virtual Task<IntegrationWidgetFileItem> AttachAsync(
        string integrationId, string fileId, IntegrationWidgetFileAttachRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IntegrationWidgetFileItem>(
            Route.Of("/api/v1/integration/widget/{widgetIntegrationId}/file/{fileId}/attach", integrationId, fileId), request, cancellationToken);
    }

    /// <summary>Takes a picture out of a widget; the file stays.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="fileId">The id of the file.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The picture and the place that is free now.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such integration or file.</exception>
    public virtual Task<IntegrationWidgetFileItem> DetachAsync(
        string integrationId, string fileId, CancellationToken cancellationToken = default) =>
        PostAsync<IntegrationWidgetFileItem>(
            Route.Of("/api/v1/integration/widget/{widgetIntegrationId}/file/{fileId}/detach", integrationId, fileId), record: null, cancellationToken);
}
