using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class SecretOperations
{
    private const string Secret = """{"id":"k1","alias":"key","name":"Weather","description":"For the weather","kind":"personal","type":"oauth","config":{"clientId":"c","clientSecret":"********"},"blueprintId":"p1","visibility":"private","meta":null,"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Id = """{"id":"x1"}""";

    public static IEnumerable<OperationCase> All => [.. Secrets()];

    private static IEnumerable<OperationCase> Secrets() =>
    [
        new(
            "SecretClient.ListAsync",
            async (api, token) => (await api.Secret.ListAsync(cancellationToken: token)).Items[0].Kind.ToString()!,
            "GET /api/v1/secret/list",
            $$"""{"items":[{{Secret}}],"cursor":"x1"}""",
            "personal"),
        new(
            "SecretClient.ListAsync streamed",
            async (api, token) => (await api.Secret.ListAsync(cancellationToken: token).ToListAsync())[0].Type.ToString()!,
            "GET /api/v1/secret/list",
            $$"""{"type":"item","data":{{Secret}} }""",
            "oauth") { Accept = "application/jsonl" },
        new(
            "SecretClient.CreateAsync",
            async (api, token) => (await api.Secret.CreateAsync(new SecretCreateRequest { Name = "Weather", Kind = SecretKind.Shared, Type = SecretType.Bearer, Value = "v", Config = new JsonObject { ["schema"] = "Token" } }, token)).Id,
            "POST /api/v1/secret/create\n" + """{"name":"Weather","kind":"shared","type":"bearer","value":"v","config":{"schema":"Token"}}""",
            Id,
            "x1"),
        new(
            "SecretClient.FetchAsync",
            async (api, token) => (await api.Secret.FetchAsync("k1", token)).Config!["clientSecret"]!.ToString(),
            "GET /api/v1/secret/k1/fetch",
            Secret,
            "********"),
        new(
            "SecretClient.UpdateAsync",
            async (api, token) => (await api.Secret.UpdateAsync("k1", new SecretUpdateRequest { Kind = SecretKind.Shared, Type = SecretType.Plain, Value = Optional<string>.Null }, token)).Id,
            "POST /api/v1/secret/k1/update\n" + """{"kind":"shared","type":"plain","value":null}""",
            Id,
            "x1"),
        new(
            "SecretClient.DeleteAsync",
            async (api, token) => (await api.Secret.DeleteAsync("k1", token)).Id,
            "POST /api/v1/secret/k1/delete\n{}",
            Id,
            "x1"),
        new(
            "SecretClient.VerifyAsync",
            async (api, token) => (await api.Secret.VerifyAsync("k1", token)).Action!.Url,
            "POST /api/v1/secret/k1/verify\n{}",
            """{"id":"k1","status":"unauthenticated","action":{"type":"authenticate","url":"https://example.com/in?state=s"}}""",
            "https://example.com/in?state=s"),
        new(
            "SecretClient.VerifyAsync of a good one",
            async (api, token) => (await api.Secret.VerifyAsync("k1", token)).Status.ToString(),
            "POST /api/v1/secret/k1/verify\n{}",
            """{"id":"k1","status":"authenticated"}""",
            "authenticated"),
        new(
            "SecretClient.AuthenticateAsync",
            async (api, token) => (await api.Secret.AuthenticateAsync("k1", token)).Url,
            "POST /api/v1/secret/k1/authenticate\n{}",
            """{"id":"k1","url":"https://example.com/in?state=s"}""",
            "https://example.com/in?state=s"),
        new(
            "SecretClient.RevokeAsync",
            async (api, token) => (await api.Secret.RevokeAsync("k1", token)).Id,
            "POST /api/v1/secret/k1/revoke\n{}",
            Id,
            "x1"),
    ];
}
