namespace ChatBotKit.Tests;

/// <summary>The API tokens, which only the server of this project has.</summary>
internal static class ServerTokenOperations
{
    private const string Item = """{"id":"t1","name":"backend","status":"active","configured":false,"createdAt":1,"expiresAt":3,"lastUsedAt":2}""";

    public static IReadOnlyList<OperationCase> All { get; } =
    [
        new(
            "ServerTokenClient.ListAsync",
            async (api, token) => (await api.Server.Token.ListAsync(new ListRequest { Take = 5 }, token)).Items[0].Status.Value,
            "GET /api/v1/server/token/list?take=5",
            $$"""{"items":[{{Item}}],"cursor":"t1"}""",
            "active"),
        new(
            "ServerTokenClient.CreateAsync",
            async (api, token) => (await api.Server.Token.CreateAsync(
                new ServerTokenCreateRequest { Name = "backend", ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(3) }, token)).Token,
            "POST /api/v1/server/token/create\n" + """{"name":"backend","expiresAt":3}""",
            """{"id":"t1","token":"sk-1","createdAt":1,"expiresAt":3}""",
            "sk-1"),
        new(
            "ServerTokenClient.CreateAsync without request",
            async (api, token) => (await api.Server.Token.CreateAsync(cancellationToken: token)).ToString(),
            "POST /api/v1/server/token/create\n{}",
            """{"id":"t1","token":"sk-1","createdAt":1}""",
            "ServerTokenCreateResponse { Id = t1, Token = ***, CreatedAt = 1970-01-01T00:00:00.0010000+00:00, ExpiresAt =  }"),
        new(
            "ServerTokenClient.FetchAsync",
            async (api, token) => (await api.Server.Token.FetchAsync("t1", token)).LastUsedAt!.Value.ToUnixTimeMilliseconds().ToString(),
            "GET /api/v1/server/token/t1/fetch",
            Item,
            "2"),
        new(
            "ServerTokenClient.RevokeAsync",
            async (api, token) => (await api.Server.Token.RevokeAsync("t1", token)).Id,
            "POST /api/v1/server/token/t1/revoke\n{}",
            """{"id":"t1"}""",
            "t1"),
    ];
}
