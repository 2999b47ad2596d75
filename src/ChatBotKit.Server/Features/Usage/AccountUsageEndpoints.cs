using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Usage;

/// <summary>The operations on the usage of the caller's account.</summary>
internal static class AccountUsageEndpoints
{
    public static IServiceCollection AddAccountUsage(this IServiceCollection services) => services
        .AddSingleton<UsageSummary>()
        .AddSingleton<UsageRecordReading>()
        .AddSingleton<RunFigures>()
        .AddDueWorkHandler<UsageRetentionWork>();

    public static void MapAccountUsage(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapGet("/usage/fetch", FetchAsync).WithName("fetchUsage")
            .WithSummary("Counts the tokens, conversations and messages of the current month, and what is stored");
        group.MapGet("/usage/series/fetch", FetchSeriesAsync).WithName("fetchUsageSeries")
            .WithSummary("Counts tokens, conversations and messages for each of the last 90 days");
        group.MapGet("/usage/series/run/fetch", FetchRunsAsync).WithName("fetchUsageRunSeries")
            .WithSummary("Counts the runs of each day by the reasons of their ends, and describes their times");
        group.MapGet("/usage/series/hour/fetch", FetchHoursAsync).WithName("fetchUsageHourSeries")
            .WithSummary("Counts runs, tokens, messages and new conversations for each of the last hours");
        var list = group.MapGet("/usage/list", List).WithName("listUsageRecords").WithSummary("Lists the tokens of each run");
        foreach (var filter in UsageRecordReading.Filters)
            list.TakesQuery(filter, filter == "type" ? "Only records of this type." : "Only records with one of these ids, separated by commas.");
    });

    private static async Task<JsonAnswer<UsageResponse>> FetchAsync(Caller caller, UsageSummary usage, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await usage.FetchAsync(caller.AccountId, cancellationToken));

    private static async Task<JsonAnswer<UsageSeriesResponse>> FetchSeriesAsync(
        Caller caller, UsageSummary usage, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await usage.FetchSeriesAsync(caller.AccountId, cancellationToken));

    private static async Task<JsonAnswer<UsageRunSeriesResponse>> FetchRunsAsync(
        string? periodDays, string? botId, Caller caller, RunFigures runs, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await runs.FetchAsync(caller.AccountId, botId, periodDays, cancellationToken));

    private static async Task<JsonAnswer<UsageHourSeriesResponse>> FetchHoursAsync(
        string? periodHours, string? botId, Caller caller, RunFigures runs, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await runs.FetchHoursAsync(caller.AccountId, botId, periodHours, cancellationToken));

    private static ListResult<UsageRecordItem> List(ListQuery query, Caller caller, UsageRecordReading usage) =>
        new(query, (page, token) => usage.ListAsync(query, page, caller, token), static item => item.Id);
}
