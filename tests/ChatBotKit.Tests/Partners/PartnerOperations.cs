using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class PartnerOperations
{
    private const string User =
        """{"id":"u1","name":"Branch","email":"a@example.com","image":"https://example.com/a.png","limits":{"tokens":1000,"database":{"files":5}},"createdAt":1767225600000,"updatedAt":1767225600001}""";

    private const string Context = """{"id":"x1","name":"Plan","botId":"b1","payload":{"plan":"free"},"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Id = """{"id":"x1"}""";

    public static IEnumerable<OperationCase> All => [.. Users(), .. Contexts(), .. Credentials()];

    private static IEnumerable<OperationCase> Users() =>
    [
        new(
            "PartnerUserClient.ListAsync",
            async (api, token) => (await api.Partner.User.ListAsync(new ListRequest { Cursor = "u0" }, token)).Items[0].Email!,
            "GET /api/v1/partner/user/list?cursor=u0",
            $$"""{"items":[{{User}}],"cursor":"u1"}""",
            "a@example.com"),
        new(
            "PartnerUserClient.ListAsync streamed",
            async (api, token) => (await api.Partner.User.ListAsync(cancellationToken: token).ToListAsync())[0].Image!,
            "GET /api/v1/partner/user/list",
            $$"""{"type":"item","data":{{User}} }""",
            "https://example.com/a.png") { Accept = "application/jsonl" },
        new(
            "PartnerUserClient.CreateAsync",
            async (api, token) => (await api.Partner.User.CreateAsync(
                new PartnerUserCreateRequest { Alias = "branch", Email = "a@example.com", Limits = new PartnerUserLimits { Messages = 7, Database = new PartnerUserDatabaseLimits { Records = 9 } } }, token)).Id,
            "POST /api/v1/partner/user/create\n" + """{"alias":"branch","email":"a@example.com","limits":{"messages":7,"database":{"records":9}}}""",
            Id,
            "x1"),
        new(
            "PartnerUserClient.FetchAsync",
            async (api, token) => await api.Partner.User.FetchAsync("u1", token) is { Limits: { } limits } ? $"{limits.Tokens} {limits.Conversations} {limits.Database!.Files}" : "",
            "GET /api/v1/partner/user/u1/fetch",
            User,
            "1000  5"),
        new(
            "PartnerUserClient.UpdateAsync",
            async (api, token) => (await api.Partner.User.UpdateAsync(
                "u1", new PartnerUserUpdateRequest { Limits = new PartnerUserLimits { Tokens = 5 }, Image = Optional<string>.Null }, token)).Id,
            "POST /api/v1/partner/user/u1/update\n" + """{"image":null,"limits":{"tokens":5}}""",
            Id,
            "x1"),
        new(
            "PartnerUserClient.UpdateAsync without limits",
            async (api, token) => (await api.Partner.User.UpdateAsync("u1", new PartnerUserUpdateRequest { Limits = Optional<PartnerUserLimits>.Null }, token)).Id,
            "POST /api/v1/partner/user/u1/update\n" + """{"limits":null}""",
            Id,
            "x1"),
        new(
            "PartnerUserClient.DeleteAsync",
            async (api, token) => (await api.Partner.User.DeleteAsync("u1", token)).Id,
            "POST /api/v1/partner/user/u1/delete\n{}",
            Id,
            "x1"),
    ];

    private static IEnumerable<OperationCase> Contexts() =>
    [
        new(
            "PartnerUserContextClient.ListAsync",
            async (api, token) => (await api.Partner.User.Context.ListAsync(
                "u1", new PartnerUserContextListRequest { BlueprintId = "bp1", BotId = "b1", DatasetId = "d1", SkillsetId = "s1" }, token)).Items[0].BotId!,
            "GET /api/v1/partner/user/u1/context/list?blueprintId=bp1&botId=b1&datasetId=d1&skillsetId=s1",
            $$"""{"items":[{{Context}}],"cursor":"x1"}""",
            "b1"),
        new(
            "PartnerUserContextClient.ListAsync streamed",
            async (api, token) => (await api.Partner.User.Context.ListAsync("u1", cancellationToken: token).ToListAsync())[0].Name!,
            "GET /api/v1/partner/user/u1/context/list",
            $$"""{"type":"item","data":{{Context}} }""",
            "Plan") { Accept = "application/jsonl" },
        new(
            "PartnerUserContextClient.CreateAsync",
            async (api, token) => (await api.Partner.User.Context.CreateAsync(
                "u1", new PartnerUserContextCreateRequest { Name = "Plan", Payload = new JsonObject { ["plan"] = "free" } }, token)).Payload!["plan"]!.ToString(),
            "POST /api/v1/partner/user/u1/context/create\n" + """{"name":"Plan","payload":{"plan":"free"}}""",
            Context,
            "free"),
        new(
            "PartnerUserContextClient.FetchAsync",
            async (api, token) => (await api.Partner.User.Context.FetchAsync("u1", "x/1", token)).Id,
            "GET /api/v1/partner/user/u1/context/x%2F1/fetch",
            Context,
            "x1"),
        new(
            "PartnerUserContextClient.UpdateAsync",
            async (api, token) => (await api.Partner.User.Context.UpdateAsync(
                "u1", "x1", new PartnerUserContextUpdateRequest { Payload = new JsonObject(), Description = "None" }, token)).Id,
            "POST /api/v1/partner/user/u1/context/x1/update\n" + """{"description":"None","payload":{}}""",
            Id,
            "x1"),
        new(
            "PartnerUserContextClient.DeleteAsync",
            async (api, token) => (await api.Partner.User.Context.DeleteAsync("u1", "x1", token)).Id,
            "POST /api/v1/partner/user/u1/context/x1/delete\n{}",
            Id,
            "x1"),
    ];

    private static IEnumerable<OperationCase> Credentials() =>
    [
        new(
            "PartnerUserSessionClient.CreateAsync",
            async (api, token) => (await api.Partner.User.Session.CreateAsync(
                "u1",
                new PartnerUserSessionCreateRequest { DurationInSeconds = 1800, Config = new PartnerUserSessionConfig { AllowedRoutes = ["bot/list"], ContactId = "p1" } },
                token)).Token,
            "POST /api/v1/partner/user/u1/session/create\n" + """{"durationInSeconds":1800,"config":{"allowedRoutes":["bot/list"],"contactId":"p1"}}""",
            """{"id":"s1","token":"t.o.k","expiresAt":1767225600000}""",
            "t.o.k"),
        new(
            "PartnerUserTokenClient.ListAsync",
            async (api, token) => (await api.Partner.User.Token.ListAsync("u1", new ListRequest { Take = 3 }, token)).Items[0].Name!,
            "GET /api/v1/partner/user/u1/token/list?take=3",
            """{"items":[{"id":"k1","name":"CI","createdAt":1,"updatedAt":2}],"cursor":"k1"}""",
            "CI"),
        new(
            "PartnerUserTokenClient.ListAsync streamed",
            async (api, token) => (await api.Partner.User.Token.ListAsync("u1", cancellationToken: token).ToListAsync())[0].Id,
            "GET /api/v1/partner/user/u1/token/list",
            """{"type":"item","data":{"id":"k1","createdAt":1,"updatedAt":2}}""",
            "k1") { Accept = "application/jsonl" },
        new(
            "PartnerUserTokenClient.CreateAsync",
            async (api, token) => (await api.Partner.User.Token.CreateAsync(
                "u1", new PartnerUserTokenCreateRequest { Name = "CI", Config = new JsonObject { ["allowedRoutes"] = new JsonArray("bot/list") } }, token)).Token,
            "POST /api/v1/partner/user/u1/token/create\n" + """{"name":"CI","config":{"allowedRoutes":["bot/list"]}}""",
            """{"id":"k1","token":"sk-new","createdAt":1767225600000}""",
            "sk-new"),
        new(
            "PartnerUserTokenClient.UpdateAsync",
            async (api, token) => (await api.Partner.User.Token.UpdateAsync("u1", "k1", new PartnerUserTokenUpdateRequest { Name = "New", Config = new JsonObject() }, token)).Id,
            "POST /api/v1/partner/user/u1/token/k1/update\n" + """{"name":"New","config":{}}""",
            Id,
            "x1"),
        new(
            "PartnerUserTokenClient.DeleteAsync",
            async (api, token) => (await api.Partner.User.Token.DeleteAsync("u1", "k1", token)).Id,
            "POST /api/v1/partner/user/u1/token/k1/delete\n{}",
            Id,
            "x1"),
    ];
}
