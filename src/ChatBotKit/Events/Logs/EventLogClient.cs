namespace ChatBotKit;

/// <summary>
/// Reads the event log of the account: resources that were created, updated and deleted, messages, runs, and failures.
/// </summary>
public class EventLogClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="EventLogClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public EventLogClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="EventLogClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public EventLogClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="EventLogClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected EventLogClient()
    {
    }

    /// <summary>Lists the events, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the events of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<EventLogItem>, EventLogItem> ListAsync(
        EventLogListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<EventLogItem>(new Route("/api/v1/event/log/list"), request, cancellationToken, Filters(request));

    /// <summary>Exports the events.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the events of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<EventLogItem>, EventLogItem> ExportAsync(
        EventLogListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<EventLogItem>(new Route("/api/v1/event/log/export"), request, cancellationToken, Filters(request));

    /// <summary>Exports the events as a CSV file.</summary>
    /// <param name="destination">The stream that the file is written to. It is left open.</param>
    /// <param name="request">The filters and the order; null for everything.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the whole file is written.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke
    /// after a part of the file was written.
    /// </exception>
    public virtual Task ExportCsvAsync(
        Stream destination, EventLogListRequest? request = null, CancellationToken cancellationToken = default) =>
        ExportCsvAsync(new Route("/api/v1/event/log/export"), destination, request, cancellationToken, Filters(request));

    /// <summary>Subscribes to the event log. The stream does not end on its own: leave the loop when you have received enough.</summary>
    /// <param name="request">The number of earlier events to return first; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns the events as they happen when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ClientErrorCodes.ConnectionLost"/>: the
    /// connection broke, and the stream could not be resumed.
    /// </exception>
    public virtual IAsyncEnumerable<EventLogItem> SubscribeAsync(
        EventLogSubscribeRequest? request = null, CancellationToken cancellationToken = default) =>
        Call<EventLogItem, EventLogItem>(
            new Route("/api/v1/event/log/subscribe"),
            Body(request ?? new EventLogSubscribeRequest(), cancellationToken) with { StreamIdleTimeout = Timeout.InfiniteTimeSpan });

    private static (string Name, object? Value)[] Filters(EventLogListRequest? request) =>
    [
        ("type", request?.Type),
        ("from", request?.From),
        ("to", request?.To),
        ("conversationId", request?.ConversationId),
        ("taskId", request?.TaskId),
        ("contactId", request?.ContactId),
        ("blueprintId", request?.BlueprintId),
        ("botId", request?.BotId),
        ("datasetId", request?.DatasetId),
        ("recordId", request?.RecordId),
        ("skillsetId", request?.SkillsetId),
        ("abilityId", request?.AbilityId),
        ("fileId", request?.FileId),
        ("secretId", request?.SecretId),
        ("portalId", request?.PortalId),
        ("widgetIntegrationId", request?.WidgetIntegrationId),
        ("slackIntegrationId", request?.SlackIntegrationId),
        ("discordIntegrationId", request?.DiscordIntegrationId),
        ("microsoftteamsIntegrationId", request?.MicrosoftteamsIntegrationId),
        ("googlechatIntegrationId", request?.GooglechatIntegrationId),
        ("whatsappIntegrationId", request?.WhatsappIntegrationId),
        ("messengerIntegrationId", request?.MessengerIntegrationId),
        ("telegramIntegrationId", request?.TelegramIntegrationId),
        ("twilioIntegrationId", request?.TwilioIntegrationId),
        ("emailIntegrationId", request?.EmailIntegrationId),
        ("sitemapIntegrationId", request?.SitemapIntegrationId),
        ("notionIntegrationId", request?.NotionIntegrationId),
        ("triggerIntegrationId", request?.TriggerIntegrationId),
        ("supportIntegrationId", request?.SupportIntegrationId),
        ("extractIntegrationId", request?.ExtractIntegrationId),
        ("mcpserverIntegrationId", request?.McpserverIntegrationId),
        ("githubIntegrationId", request?.GithubIntegrationId),
        ("instagramIntegrationId", request?.InstagramIntegrationId),
        ("skillserverIntegrationId", request?.SkillserverIntegrationId),
        ("webhookId", request?.WebhookId),
    ];
}
