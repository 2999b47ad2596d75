namespace ChatBotKit.Tests;

internal static class PlatformSecretOperations
{
    private const string Listed =
        """{"id":"google","template":"google","name":"Google","type":"template","kind":"personal","config":{"scope":"mail"},"icon":"g","tags":["mail"],"setup":"Sign up","createdAt":1,"updatedAt":2}""";

    private const string Found = """{"id":"google","type":"oauth","score":0.25,"excerpt":"mail","link":"https://example.com","createdAt":1,"updatedAt":2}""";

    public static IEnumerable<OperationCase> All =>
    [
        new(
            "PlatformSecretClient.ListAsync",
            async (api, token) => await api.Platform.Secret.ListAsync(new ListRequest { Take = 1 }, token) is { Items: [var secret] } ? $"{secret.Kind} {secret.Config!["scope"]}" : "",
            "GET /api/v1/platform/secret/list?take=1",
            $$"""{"items":[{{Listed}}]}""",
            "personal mail"),
        new(
            "PlatformSecretClient.ListAsync streamed",
            async (api, token) => (await api.Platform.Secret.ListAsync(cancellationToken: token).ToListAsync())[0].Setup!,
            "GET /api/v1/platform/secret/list",
            $$"""{"type":"item","data":{{Listed}} }""",
            "Sign up") { Accept = "application/jsonl" },
        new(
            "PlatformSecretClient.SearchAsync",
            async (api, token) => await api.Platform.Secret.SearchAsync(new PlatformSearchRequest { Search = "mail", Take = 5 }, token) is { Items: [var secret] } ? $"{secret.Type} {secret.Score:0.00} {secret.Link}" : "",
            "POST /api/v1/platform/secret/search\n" + """{"search":"mail","take":5}""",
            $$"""{"items":[{{Found}}]}""",
            "oauth 0.25 https://example.com"),
    ];
}
