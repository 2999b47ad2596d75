namespace ChatBotKit.Tests;

internal static class ContactChildOperations
{
    private const string Memory = """{"id":"m1","text":"Likes tea","botId":"b1","createdAt":1,"updatedAt":2}""";
    private const string Secret = """{"id":"x1","name":"Calendar","type":"oauth","createdAt":1,"updatedAt":2}""";
    private const string Space = """{"id":"s1","name":"Desk","contactId":"p1","createdAt":1,"updatedAt":2}""";
    private const string Task = """{"id":"t1","name":"Remind","contactId":"p1","schedule":"daily","status":"idle","outcome":"success","lastRunAt":1767225600000,"createdAt":1,"updatedAt":2}""";

    public static IEnumerable<OperationCase> All => [.. Memories(), .. Secrets(), .. Others()];

    private static IEnumerable<OperationCase> Memories() =>
    [
        new(
            "ContactMemoryClient.ListAsync",
            async (api, token) => (await api.Contact.Memory.ListAsync("p1", new ListRequest { Take = 2 }, token)).Items[0].Text!,
            "GET /api/v1/contact/p1/memory/list?take=2",
            $$"""{"items":[{{Memory}}],"cursor":"m1"}""",
            "Likes tea"),
        new(
            "ContactMemoryClient.ListAsync streamed",
            async (api, token) => (await api.Contact.Memory.ListAsync("p1", cancellationToken: token).ToListAsync())[0].BotId!,
            "GET /api/v1/contact/p1/memory/list",
            $$"""{"type":"item","data":{{Memory}} }""",
            "b1") { Accept = "application/jsonl" },
        new(
            "ContactMemoryClient.SearchAsync",
            async (api, token) => (await api.Contact.Memory.SearchAsync("p1", new ContactMemorySearchRequest { Search = "drinks" }, token)).Items[0].Text,
            "POST /api/v1/contact/p1/memory/search\n" + """{"search":"drinks"}""",
            """{"items":[{"id":"m1","text":"Likes tea","meta":{}}]}""",
            "Likes tea"),
    ];

    private static IEnumerable<OperationCase> Secrets() =>
    [
        new(
            "ContactSecretClient.ListAsync",
            async (api, token) => (await api.Contact.Secret.ListAsync("p1", new ListRequest { Order = ListOrder.Ascending }, token)).Items[0].Type.ToString()!,
            "GET /api/v1/contact/p1/secret/list?order=asc",
            $$"""{"items":[{{Secret}}],"cursor":"v1"}""",
            "oauth"),
        new(
            "ContactSecretClient.ListAsync streamed",
            async (api, token) => (await api.Contact.Secret.ListAsync("p1", cancellationToken: token).ToListAsync())[0].Name!,
            "GET /api/v1/contact/p1/secret/list",
            $$"""{"type":"item","data":{{Secret}} }""",
            "Calendar") { Accept = "application/jsonl" },
        new(
            "ContactSecretClient.AuthenticateAsync",
            async (api, token) => (await api.Contact.Secret.AuthenticateAsync("p1", "x1", token)).Url,
            "POST /api/v1/contact/p1/secret/x1/authenticate\n{}",
            """{"id":"x1","url":"https://example.com/sign-in"}""",
            "https://example.com/sign-in"),
        new(
            "ContactSecretClient.VerifyAsync",
            async (api, token) => await api.Contact.Secret.VerifyAsync("p1", "x1", token) is var answer ? $"{answer.Status} {answer.Action!.Type} {answer.Action.Url}" : "",
            "POST /api/v1/contact/p1/secret/x1/verify\n{}",
            """{"id":"x1","status":"unauthenticated","action":{"type":"authenticate","url":"https://example.com/sign-in"}}""",
            "unauthenticated authenticate https://example.com/sign-in"),
        new(
            "ContactSecretClient.RevokeAsync",
            async (api, token) => (await api.Contact.Secret.RevokeAsync("p1", "x1", token)).Id,
            "POST /api/v1/contact/p1/secret/x1/revoke\n{}",
            """{"id":"x1"}""",
            "x1"),
    ];

    private static IEnumerable<OperationCase> Others() =>
    [
        new(
            "ContactSpaceClient.ListAsync",
            async (api, token) => (await api.Contact.Space.ListAsync("p1", new ListRequest { Cursor = "s0" }, token)).Items[0].ContactId!,
            "GET /api/v1/contact/p1/space/list?cursor=s0",
            $$"""{"items":[{{Space}}],"cursor":"s1"}""",
            "p1"),
        new(
            "ContactSpaceClient.ListAsync streamed",
            async (api, token) => (await api.Contact.Space.ListAsync("p1", cancellationToken: token).ToListAsync())[0].Name!,
            "GET /api/v1/contact/p1/space/list",
            $$"""{"type":"item","data":{{Space}} }""",
            "Desk") { Accept = "application/jsonl" },
        new(
            "ContactTaskClient.ListAsync",
            async (api, token) => (await api.Contact.Task.ListAsync("p1", new ListRequest { Take = 1 }, token)).Items[0].Schedule!,
            "GET /api/v1/contact/p1/task/list?take=1",
            $$"""{"items":[{{Task}}],"cursor":"t1"}""",
            "daily"),
        new(
            "ContactTaskClient.ListAsync streamed",
            async (api, token) => (await api.Contact.Task.ListAsync("p1", cancellationToken: token).ToListAsync())[0].LastRunAt?.ToUnixTimeMilliseconds().ToString()!,
            "GET /api/v1/contact/p1/task/list",
            $$"""{"type":"item","data":{{Task}} }""",
            "1767225600000") { Accept = "application/jsonl" },
    ];
}
