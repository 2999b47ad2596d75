namespace ChatBotKit.Tests;

/// <summary>The work that is due, which only the server of this project has.</summary>
internal static class ServerWorkOperations
{
    private const string Item =
        """{"id":"mail.m1","kind":"mail","key":"m1","state":"dead","scheduledAt":1,"attempt":10,"lastError":"no","lastErrorAt":2,"createdAt":1}""";

    public static IReadOnlyList<OperationCase> All { get; } =
    [
        new(
            "ServerWorkClient.ListAsync",
            async (api, token) => (await api.Server.Work.ListAsync(
                new ServerWorkListRequest { State = ServerWorkState.Dead, Kind = "mail", Take = 5 }, token)).Items[0].State.Value,
            "GET /api/v1/server/work/list?take=5&state=dead&kind=mail",
            $$"""{"items":[{{Item}}],"cursor":"1.mail.m1"}""",
            "dead"),
        new(
            "ServerWorkClient.FetchAsync",
            async (api, token) => (await api.Server.Work.FetchAsync("mail.m1", token)).LastErrorAt!.Value.ToUnixTimeMilliseconds().ToString(),
            "GET /api/v1/server/work/mail.m1/fetch",
            Item,
            "2"),
        new(
            "ServerWorkClient.RetryAsync",
            async (api, token) => (await api.Server.Work.RetryAsync("mail.m1", token)).Id,
            "POST /api/v1/server/work/mail.m1/retry\n{}",
            """{"id":"mail.m1"}""",
            "mail.m1"),
        new(
            "ServerWorkClient.DropAsync",
            async (api, token) => (await api.Server.Work.DropAsync("mail.m1", token)).Id,
            "POST /api/v1/server/work/mail.m1/drop\n{}",
            """{"id":"mail.m1"}""",
            "mail.m1"),
    ];
}
