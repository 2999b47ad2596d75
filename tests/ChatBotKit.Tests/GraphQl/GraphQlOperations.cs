using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class GraphQlOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        new(
            "GraphQlClient.CallAsync",
            async (api, token) => (await api.GraphQl.CallAsync(
                new GraphQlRequest { Query = "query B($id: ID!) { bot(id: $id) { name } }", Variables = new JsonObject { ["id"] = "b1" }, OperationName = "B" }, token)).Data!.ToJsonString(),
            "POST /api/v1/graphql\n" + """{"query":"query B($id: ID!) { bot(id: $id) { name } }","variables":{"id":"b1"},"operationName":"B"}""",
            """{"data":{"bot":{"name":"Help"}}}""",
            """{"bot":{"name":"Help"}}"""),
        new(
            "GraphQlClient.CallAsync failing",
            async (api, token) => await api.GraphQl.CallAsync(new GraphQlRequest { Query = "{ bot }" }, token) is { Data: null, Errors: [var error] }
                ? $"{error.Message} at {error.AdditionalProperties!["path"]}"
                : "",
            "POST /api/v1/graphql\n" + """{"query":"{ bot }"}""",
            """{"data":null,"errors":[{"message":"No such bot","path":["bot"]}]}""",
            """No such bot at ["bot"]"""),
        new(
            "GraphQlClient.CallAsync with types",
            async (api, token) => (await api.GraphQl.CallAsync(
                "query B($id: ID!) { bot(id: $id) { name } }",
                new BotVariables("b1"),
                OwnTypesContext.Default.BotVariables,
                OwnTypesContext.Default.BotData,
                "B",
                token)).Data!.Bot.Name,
            "POST /api/v1/graphql\n" + """{"query":"query B($id: ID!) { bot(id: $id) { name } }","variables":{"id":"b1"},"operationName":"B"}""",
            """{"data":{"bot":{"name":"Help"}}}""",
            "Help"),
        new(
            "GraphQlClient.CallAsync with a result type, failing",
            async (api, token) => await api.GraphQl.CallAsync(new GraphQlRequest { Query = "{ bot }" }, OwnTypesContext.Default.BotData, token) is { Data: null, Errors: [var error] }
                ? error.Message!
                : "",
            "POST /api/v1/graphql\n" + """{"query":"{ bot }"}""",
            """{"errors":[{"message":"No such bot"}]}""",
            "No such bot"),
    ];
}
