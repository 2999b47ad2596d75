using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class SkillsetOperations
{
    private const string Skillset = """{"id":"s1","alias":"tools","name":"Tools","description":"What helps","blueprintId":"p1","visibility":"private","state":"disabled","meta":null,"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Ability = """{"id":"a1","name":"getWeather","description":"The weather","instruction":"fetch/json","linkedSecretId":"k1","fileId":"f1","botId":null,"blueprintId":"p1","state":"enabled","skillsetId":"s1","meta":{"a":1},"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Id = """{"id":"x1"}""";

    public static IEnumerable<OperationCase> All => [.. Skillsets(), .. Abilities()];

    private static IEnumerable<OperationCase> Skillsets() =>
    [
        new(
            "SkillsetClient.ListAsync",
            async (api, token) => (await api.Skillset.ListAsync(cancellationToken: token)).Items[0].State.ToString()!,
            "GET /api/v1/skillset/list",
            $$"""{"items":[{{Skillset}}],"cursor":"x1"}""",
            "disabled"),
        new(
            "SkillsetClient.ListAsync streamed",
            async (api, token) => (await api.Skillset.ListAsync(new ListRequest { Take = 1 }, token).ToListAsync())[0].Name!,
            "GET /api/v1/skillset/list?take=1",
            $$"""{"type":"item","data":{{Skillset}} }""",
            "Tools") { Accept = "application/jsonl" },
        new(
            "SkillsetClient.CreateAsync",
            async (api, token) => (await api.Skillset.CreateAsync(new SkillsetCreateRequest { Name = "Tools", Visibility = Visibility.Public, State = State.Disabled }, token)).Id,
            "POST /api/v1/skillset/create\n" + """{"name":"Tools","visibility":"public","state":"disabled"}""",
            Id,
            "x1"),
        new(
            "SkillsetClient.FetchAsync",
            async (api, token) => (await api.Skillset.FetchAsync("s1", token)).Description!,
            "GET /api/v1/skillset/s1/fetch",
            Skillset,
            "What helps"),
        new(
            "SkillsetClient.UpdateAsync",
            async (api, token) => (await api.Skillset.UpdateAsync("s1", new SkillsetUpdateRequest { State = State.Enabled, Description = "" }, token)).Id,
            "POST /api/v1/skillset/s1/update\n" + """{"description":"","state":"enabled"}""",
            Id,
            "x1"),
        new(
            "SkillsetClient.DeleteAsync",
            async (api, token) => (await api.Skillset.DeleteAsync("s1", token)).Id,
            "POST /api/v1/skillset/s1/delete\n{}",
            Id,
            "x1"),
    ];

    private static IEnumerable<OperationCase> Abilities() =>
    [
        new(
            "AbilityClient.ListAsync",
            async (api, token) => (await api.Skillset.Ability.ListAsync("s1", new ListRequest { Take = 9 }, token)).Items[0].LinkedSecretId!,
            "GET /api/v1/skillset/s1/ability/list?take=9",
            $$"""{"items":[{{Ability}}],"cursor":"x1"}""",
            "k1"),
        new(
            "AbilityClient.ExportAsync",
            async (api, token) => (await api.Skillset.Ability.ExportAsync("s1", cancellationToken: token)).Items[0].FileId!,
            "GET /api/v1/skillset/s1/ability/export",
            $$"""{"items":[{{Ability}}],"cursor":"x1"}""",
            "f1"),
        new(
            "AbilityClient.ExportAsync streamed",
            async (api, token) => (await api.Skillset.Ability.ExportAsync("s1", cancellationToken: token).ToListAsync())[0].Instruction,
            "GET /api/v1/skillset/s1/ability/export",
            $$"""{"type":"item","data":{{Ability}} }""",
            "fetch/json") { Accept = "application/jsonl" },
        new(
            "AbilityClient.ExportCsvAsync",
            async (api, token) => await Clients.WrittenAsync(file => api.Skillset.Ability.ExportCsvAsync("s1", file, new ListRequest { Take = 2 }, token)),
            "GET /api/v1/skillset/s1/ability/export?take=2",
            "\"id\"\n\"x1\"\n",
            "\"id\"\n\"x1\"\n") { Accept = "text/csv", AnswerType = "text/csv" },
        new(
            "AbilityClient.CreateAsync",
            async (api, token) => (await api.Skillset.Ability.CreateAsync(
                "s1",
                new AbilityCreateRequest
                {
                    Name = "getWeather",
                    Description = "The weather",
                    Instruction = "fetch/json",
                    SecretId = "k1",
                    FileId = "f1",
                    BotId = "b1",
                    SpaceId = "p1",
                },
                token)).Id,
            "POST /api/v1/skillset/s1/ability/create\n" + """{"name":"getWeather","description":"The weather","instruction":"fetch/json","secretId":"k1","fileId":"f1","botId":"b1","spaceId":"p1"}""",
            Id,
            "x1"),
        new(
            "AbilityClient.FetchAsync",
            async (api, token) => (await api.Skillset.Ability.FetchAsync("s1", "a1", token)).Description,
            "GET /api/v1/skillset/s1/ability/a1/fetch",
            Ability,
            "The weather"),
        new(
            "AbilityClient.UpdateAsync",
            async (api, token) => (await api.Skillset.Ability.UpdateAsync("s1", "a1", new AbilityUpdateRequest { SecretId = Optional<string>.Null, Meta = new JsonObject { ["a"] = 2 } }, token)).Id,
            "POST /api/v1/skillset/s1/ability/a1/update\n" + """{"secretId":null,"meta":{"a":2}}""",
            Id,
            "x1"),
        new(
            "AbilityClient.DeleteAsync",
            async (api, token) => (await api.Skillset.Ability.DeleteAsync("s1", "a1", token)).Id,
            "POST /api/v1/skillset/s1/ability/a1/delete\n{}",
            Id,
            "x1"),
        new(
            "AbilityClient.ExecuteAsync",
            async (api, token) => (await api.Skillset.Ability.ExecuteAsync("s1", "a1", new AbilityExecuteRequest { Input = "city: Oslo", ContactId = "p1" }, token)).Result!["sky"]!.ToString(),
            "POST /api/v1/skillset/s1/ability/a1/execute\n" + """{"input":"city: Oslo","contactId":"p1"}""",
            """{"usage":{"token":3},"result":{"sky":"blue"},"messages":[{"type":"activity","text":"","meta":{"a":1}}]}""",
            "blue"),
        new(
            "AbilityClient.ExecuteAsync that fails",
            async (api, token) => (await api.Skillset.Ability.ExecuteAsync("s1", "a1", cancellationToken: token)).Error!,
            "POST /api/v1/skillset/s1/ability/a1/execute\n{}",
            """{"usage":{"token":3},"error":"No city"}""",
            "No city"),
        new(
            "AbilityClient.ExecuteAsync streamed",
            async (api, token) => (await api.Skillset.Ability.ExecuteAsync("s1", "a1", cancellationToken: token).ToListAsync())
                .OfType<ResultEvent>().Single().Data.AdditionalProperties!["result"].GetProperty("sky").GetString()!,
            "POST /api/v1/skillset/s1/ability/a1/execute\n{}",
            """
            {"type":"token","data":{"token":"b"}}
            {"type":"result","data":{"usage":{"token":3},"result":{"sky":"blue"}}}
            """,
            "blue") { Accept = "application/jsonl" },
    ];
}
