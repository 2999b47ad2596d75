namespace ChatBotKit.Tests;

internal static class TeamOperations
{
    private const string Team = """{"id":"t1","name":"Support","meta":{"a":1},"createdAt":1767225600000,"updatedAt":1767225600001}""";

    public static IEnumerable<OperationCase> All =>
    [
        new(
            "TeamClient.ListAsync",
            async (api, token) => (await api.Team.ListAsync(new ListRequest { Take = 2 }, token)).Items[0].Name!,
            "GET /api/v1/team/list?take=2",
            $$"""{"items":[{{Team}}],"cursor":"t1"}""",
            "Support"),
        new(
            "TeamClient.ListAsync streamed",
            async (api, token) => (await api.Team.ListAsync(cancellationToken: token).ToListAsync())[0].Id,
            "GET /api/v1/team/list",
            $$"""{"type":"item","data":{{Team}} }""",
            "t1") { Accept = "application/jsonl" },
    ];
}
