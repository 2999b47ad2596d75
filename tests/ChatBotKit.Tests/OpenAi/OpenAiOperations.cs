using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class OpenAiOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        new(
            "OpenAiChatClient.CompletionsAsync",
            async (api, token) => (await api.OpenAi.Chat.CompletionsAsync(Request(), token))["choices"]![0]!["message"]!["content"]!.ToString(),
            "POST /api/v1/openai/chat/completions\n" + """{"model":"bot/id=b1","messages":[{"role":"user","content":"Hello"}],"stream":false}""",
            """{"id":"chatcmpl-1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}""",
            "Hi"),
        new(
            "OpenAiChatClient.CompletionsAsync streamed",
            async (api, token) => string.Concat((await api.OpenAi.Chat.CompletionsAsync(Request(), token).ToListAsync())
                .Select(chunk => chunk["choices"]![0]!["delta"]!["content"]?.ToString())),
            "POST /api/v1/openai/chat/completions\n" + """{"model":"bot/id=b1","messages":[{"role":"user","content":"Hello"}],"stream":true}""",
            """
            : a sign of life

            data: {"choices":[{"index":0,"delta":{"role":"assistant"}}]}

            data: {"choices":[{"index":0,"delta":{"content":"Grüß "}}]}

            data: {"choices":[{"index":0,"delta":{"content":"Gott"}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]


            """,
            "Grüß Gott") { Accept = "text/event-stream", AnswerType = "text/event-stream" },
    ];

    private static JsonObject Request() => new()
    {
        ["model"] = "bot/id=b1",
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Hello" }),
    };
}
