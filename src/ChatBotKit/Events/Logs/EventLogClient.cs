namespace ChatBotKit;

/// <summary>
/// The log of what happens in the account: things that are made, changed and removed, messages, runs, failures.
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
    /// Initializes a new instance of the <see cref="EventLogClient"/> class without options, for fakes that override the
    /// operations that they need.
    /// </summary>
    protected EventLogClient()
    {
    }

    /// <summary>Lists the events, newest first if nothing else is asked for.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the events of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<EventLogItem>, EventLogItem> ListAsync(
        EventLogListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<EventLogItem>(new Route("/api/v1/event/log/list"), request, cancellationToken, Filters(request));

    /// <summary>Exports the events.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the events of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<EventLogItem>, EventLogItem> ExportAsync(
        EventLogListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<EventLogItem>(new Route("/api/v1/event/log/export"), request, cancellationToken, Filters(request));

    /// <summary>Exports the events as a CSV file.</summary>
    /// <param name="destination">Where the file is written; it stays open.</param>
    /// <param name="request">Which part of the list; null for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that ends when the file is complete.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke; a part of the
    /// file is written.
    /// </exception>
    public virtual Task ExportCsvAsync(
        Stream destination, EventLogListRequest? request = null, CancellationToken cancellationToken = default) =>
        ExportCsvAsync(new Route("/api/v1/event/log/export"), destination, request, cancellationToken, Filters(request));

    /// <summary>Listens to the log. The stream has no end of its own: leave the loop when enough has come.</summary>
    /// <param name="request">How many earlier events come first; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The events as they happen.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ClientErrorCodes.ConnectionLost"/>: the
    /// connection broke and the stream could not go on.
    /// </exception>
    public virtual IAsyncEnumerable<EventLogItem> SubscribeAsync(
        EventLogSubscribeRequest? request = null, CancellationToken cancellationToken = default) =>
        Call<EventLogItem, EventLogItem>(
            new Route("/api/v1/event/log/subscribe"),
            Body(request ?? new EventLogSubscribeRequest(), cancellationToken) with { StreamIdleTimeout = Timeout.InfiniteTimeSpan });

    private static (string Name, object? Value)[] Filters(EventLogListRequest? request) =>
    [
        ("type", request?.Type),
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
