using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class IntegrationSkillServerOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationSkillServerItem, IntegrationSkillServerCreateRequest, IntegrationSkillServerUpdateRequest>(
            "skillserver",
            api => api.Integration.SkillServer,
            new IntegrationSkillServerCreateRequest { SkillsetId = "s1", Alias = "main", Name = "Support" },
            """{"skillsetId":"s1","alias":"main","name":"Support"}""",
            new IntegrationSkillServerUpdateRequest { SkillsetId = Optional<string>.Null, Alias = "main" },
            """{"skillsetId":null,"alias":"main"}""",
            """{"skillsetId":"s1","accessToken":"ac1"}""",
            item => $"{item.SkillsetId} {item.AccessToken}",
            "s1 ac1"),
        new(
            "IntegrationSkillServerClient.FetchManualAsync",
            async (api, token) => await api.Integration.SkillServer.FetchManualAsync("i1", token),
            "GET /api/v1/integration/skillserver/i1/invoke",
            "# Größe\n",
            "# Größe\n") { Accept = "text/markdown", AnswerType = "text/markdown" },
        new(
            "IntegrationSkillServerClient.InvokeAsync",
            async (api, token) => (await api.Integration.SkillServer.InvokeAsync(
                "i1", new IntegrationSkillServerInvokeRequest { Ability = "getWeather", Input = new JsonObject { ["city"] = "Oslo" } }, "chat 1", token)).Result!["degrees"]!.ToString(),
            "POST /api/v1/integration/skillserver/i1/invoke?format=json&session=chat%201\n" + """{"ability":"getWeather","input":{"city":"Oslo"}}""",
            """{"result":{"degrees":21},"error":null}""",
            "21"),
        new(
            "IntegrationSkillServerClient.InvokeAsync failing",
            async (api, token) => (await api.Integration.SkillServer.InvokeAsync(
                "i1", new IntegrationSkillServerInvokeRequest { Ability = "getWeather" }, cancellationToken: token)).Error!,
            "POST /api/v1/integration/skillserver/i1/invoke?format=json\n" + """{"ability":"getWeather"}""",
            """{"result":null,"error":"No such city"}""",
            "No such city"),
    ];
}
