namespace ChatBotKit.Tests;

internal static class UsageOperations
{
    private const string Use =
        """{"id":"u1","type":"token","count":12,"conversationId":"c1","messageId":"m1","botId":"b1","meta":{"a":1},"createdAt":1767225600000,"updatedAt":1767225600001}""";

    private static readonly UsageListRequest EveryFilter = new()
    {
        Type = "token",
        ConversationId = "c1",
        MessageId = "m1",
        TaskId = "t1",
        ContactId = "p1",
        BlueprintId = "bp1",
        BotId = "b1,b2",
        DatasetId = "d1",
        SkillsetId = "s1",
        AbilityId = "a1",
    };

    public static IEnumerable<OperationCase> All =>
    [
        new(
            "UsageClient.FetchAsync",
            async (api, token) => await api.Usage.FetchAsync(token) is var usage ? $"{usage.Tokens} {usage.Database.Files} {usage.Database.Users}" : "",
            "GET /api/v1/usage/fetch",
            """{"tokens":12345678901,"conversations":2,"messages":3,"database":{"datasets":1,"records":2,"skillsets":3,"abilities":4,"files":5,"users":6}}""",
            "12345678901 5 6"),
        new(
            "UsageClient.ListAsync",
            async (api, token) => (await api.Usage.ListAsync(EveryFilter, token)).Items[0].Count.ToString(),
            "GET /api/v1/usage/list?type=token&conversationId=c1&messageId=m1&taskId=t1&contactId=p1&blueprintId=bp1&botId=b1%2Cb2&datasetId=d1&skillsetId=s1&abilityId=a1",
            $$"""{"items":[{{Use}}],"cursor":"u1"}""",
            "12"),
        new(
            "UsageClient.ListAsync streamed",
            async (api, token) => (await api.Usage.ListAsync(cancellationToken: token).ToListAsync())[0].MessageId!,
            "GET /api/v1/usage/list",
            $$"""{"type":"item","data":{{Use}} }""",
            "m1") { Accept = "application/jsonl" },
        new(
            "UsageSeriesClient.FetchAsync",
            async (api, token) => await api.Usage.Series.FetchAsync(token) is var series ? $"{series.Tokens[0].Date:yyyy-MM-dd} {series.Messages[1].Total}" : "",
            "GET /api/v1/usage/series/fetch",
            """{"tokens":[{"date":1767225600000,"total":5}],"conversations":[],"messages":[{"date":1,"total":1},{"date":2,"total":7}]}""",
            "2026-01-01 7"),
        new(
            "UsageSeriesClient.FetchRunsAsync",
            async (api, token) => (await api.Usage.Series.FetchRunsAsync(new UsageRunSeriesRequest { PeriodDays = 7, BotId = "b1" }, token)).Days[0] is var day
                ? $"{day.Runs} {day.Reasons["stop"]} {day.FirstToken!.P50} {day.Duration!.P95} {day.InputTokens} {day.OutputTokens}" : "",
            "GET /api/v1/usage/series/run/fetch?periodDays=7&botId=b1",
            """{"days":[{"date":1767225600000,"runs":3,"reasons":{"stop":2,"error":1},"firstToken":{"p50":120,"p95":900},"duration":{"p50":1200,"p95":4500},"inputTokens":70,"outputTokens":8}]}""",
            "3 2 120 4500 70 8"),
        new(
            "UsageSeriesClient.FetchRunsAsync without request",
            async (api, token) => (await api.Usage.Series.FetchRunsAsync(cancellationToken: token)).Days.Count.ToString(),
            "GET /api/v1/usage/series/run/fetch",
            """{"days":[]}""",
            "0"),
        new(
            "UsageSeriesClient.FetchHoursAsync",
            async (api, token) => (await api.Usage.Series.FetchHoursAsync(new UsageHourSeriesRequest { PeriodHours = 7, BotId = "b1" }, token)).Hours[0] is var hour
                ? $"{hour.Date:HH} {hour.Conversations} {hour.Messages} {hour.InputTokens} {hour.OutputTokens} {hour.Runs} {hour.Reasons["stop"]} {hour.FirstToken!.P50} {hour.Duration!.P95}" : "",
            "GET /api/v1/usage/series/hour/fetch?periodHours=7&botId=b1",
            """{"hours":[{"date":1767229200000,"conversations":1,"messages":2,"inputTokens":30,"outputTokens":4,"runs":5,"reasons":{"stop":5},"firstToken":{"p50":120,"p95":900},"duration":{"p50":1200,"p95":4500}}]}""",
            "01 1 2 30 4 5 5 120 4500"),
        new(
            "UsageSeriesClient.FetchHoursAsync without request",
            async (api, token) => (await api.Usage.Series.FetchHoursAsync(cancellationToken: token)).Hours.Count.ToString(),
            "GET /api/v1/usage/series/hour/fetch",
            """{"hours":[]}""",
            "0"),
    ];
}
