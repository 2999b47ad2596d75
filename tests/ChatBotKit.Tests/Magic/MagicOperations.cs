using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class MagicOperations
{
    private const string Prompt = """{"id":"p1","alias":"shorten","name":"Shorten","description":"Makes it short","createdAt":1767225600000,"updatedAt":1767225600001}""";

    private static readonly MagicGenerateRequest Long = new() { Text = "A long text", Props = new JsonObject { ["words"] = 2 }, Model = "gpt-x" };

    public static IEnumerable<OperationCase> All =>
    [
        new(
            "MagicClient.ListAsync",
            async (api, token) => (await api.Magic.ListAsync(new ListRequest { Take = 1 }, token)).Items[0].Alias,
            "GET /api/v1/magic/list?take=1",
            $$"""{"items":[{{Prompt}}],"cursor":"p1"}""",
            "shorten"),
        new(
            "MagicClient.ListAsync streamed",
            async (api, token) => (await api.Magic.ListAsync(cancellationToken: token).ToListAsync())[0].Description!,
            "GET /api/v1/magic/list",
            $$"""{"type":"item","data":{{Prompt}} }""",
            "Makes it short") { Accept = "application/jsonl" },
        new(
            "MagicClient.GenerateAsync",
            async (api, token) => await api.Magic.GenerateAsync("p1", Long, token) is var answer ? $"{answer.Text} {answer.Usage.Token}" : "",
            "POST /api/v1/magic/p1/generate\n" + """{"text":"A long text","props":{"words":2},"model":"gpt-x"}""",
            """{"text":"Text","usage":{"token":3}}""",
            "Text 3"),
        new(
            "MagicClient.GenerateAsync streamed",
            async (api, token) => string.Join('|', (await api.Magic.GenerateAsync("p1", new MagicGenerateRequest { Text = "A long text" }, token).ToListAsync())
                .Select(item => item is TokenEvent piece ? piece.Token : ((ResultEvent)item).Data.Text)),
            "POST /api/v1/magic/p1/generate\n" + """{"text":"A long text"}""",
            """
            {"type":"token","data":{"type":"bot","token":"Te"}}
            {"type":"token","data":{"type":"bot","token":"xt"}}
            {"type":"result","data":{"text":"Text","usage":{"token":3}}}
            """,
            "Te|xt|Text") { Accept = "application/jsonl" },
    ];
}
