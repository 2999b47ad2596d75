namespace ChatBotKit;

/// <summary>Reads the usage of the account.</summary>
public class UsageClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="UsageClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public UsageClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="UsageClient"/> class with the options and connections of another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public UsageClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="UsageClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected UsageClient()
    {
    }

    /// <summary>Gets the usage day by day.</summary>
    public virtual UsageSeriesClient Series => field ??= new UsageSeriesClient(this);

    /// <summary>Fetches the usage of the account in the current period, and how much it stores.</summary>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The totals.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotAuthenticated"/>: the credential is missing, or is not valid for this operation.
    /// </exception>
    public virtual Task<UsageResponse> FetchAsync(CancellationToken cancellationToken = default) =>
        GetAsync<UsageResponse>(new Route("/api/v1/usage/fetch"), query: null, cancellationToken);

    /// <summary>Lists the usage records, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the uses of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<UsageRecordItem>, UsageRecordItem> ListAsync(
        UsageListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<UsageRecordItem>(new Route("/api/v1/usage/list"), request, cancellationToken, Filters(request));

    private static (string Name, object? Value)[] Filters(UsageListRequest? request) =>
    [
        ("type", request?.Type),
        ("conversationId", request?.ConversationId),
        ("messageId", request?.MessageId),
        ("taskId", request?.TaskId),
        ("contactId", request?.ContactId),
        ("blueprintId", request?.BlueprintId),
        ("botId", request?.BotId),
        ("datasetId", request?.DatasetId),
        ("skillsetId", request?.SkillsetId),
        ("abilityId", request?.AbilityId),
    ];
}
