namespace ChatBotKit;

/// <summary>Reads the usage of the account, day by day.</summary>
public class UsageSeriesClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="UsageSeriesClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public UsageSeriesClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="UsageSeriesClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public UsageSeriesClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="UsageSeriesClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected UsageSeriesClient()
    {
    }

    /// <summary>Fetches the usage of the account in the last 90 days.</summary>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>One series for each counted value.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotAuthenticated"/>: the credential is missing, or is not valid for this operation.
    /// </exception>
    public virtual Task<UsageSeriesResponse> FetchAsync(CancellationToken cancellationToken = default) =>
        GetAsync<UsageSeriesResponse>(new Route("/api/v1/usage/series/fetch"), query: null, cancellationToken);

    /// <summary>
    /// Fetches the number of runs, the reasons of their ends and their times, day by day. Only the server of this project supports this;
    /// the hosted service does not.
    /// </summary>
    /// <param name="request">The days and the bot; null for all runs of the last 30 days.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The figures of each day.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the number of days is not valid. <see cref="ErrorCodes.NotFound"/>: the bot does not exist.
    /// </exception>
    public virtual Task<UsageRunSeriesResponse> FetchRunsAsync(
        UsageRunSeriesRequest? request = null, CancellationToken cancellationToken = default) =>
        GetAsync<UsageRunSeriesResponse>(
            new Route("/api/v1/usage/series/run/fetch"),
            new Dictionary<string, object?> { ["periodDays"] = request?.PeriodDays, ["botId"] = request?.BotId },
            cancellationToken);

    /// <summary>
    /// Fetches the runs, tokens, messages and new conversations of the account, hour by hour. Only the server of this project supports this;
    /// the hosted service does not.
    /// </summary>
    /// <param name="request">The hours and the bot; null for all usage of the last 24 hours.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The figures of each hour.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the number of hours is not valid. <see cref="ErrorCodes.NotFound"/>: the bot does not exist.
    /// </exception>
    public virtual Task<UsageHourSeriesResponse> FetchHoursAsync(
        UsageHourSeriesRequest? request = null, CancellationToken cancellationToken = default) =>
        GetAsync<UsageHourSeriesResponse>(
            new Route("/api/v1/usage/series/hour/fetch"),
            new Dictionary<string, object?> { ["periodHours"] = request?.PeriodHours, ["botId"] = request?.BotId },
            cancellationToken);
}
