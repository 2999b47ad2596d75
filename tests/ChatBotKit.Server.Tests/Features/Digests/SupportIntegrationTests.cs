using System.Text.Json;
using ChatBotKit.Server.Tests.ConversationEngine;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The conversations that support integrations send to people.</summary>
public sealed class SupportIntegrationTests
{
    [Fact]
    public async Task Conversation_IsSentWithItsSummary()
    {
        await using var sink = new SmtpSink();
        await using var server = await EngineServer.StartAsync(more: [("CHATBOTKIT_SMTP_URL", sink.Url), ("CHATBOTKIT_SMTP_FROM", "bot@example.com")]);
        var (bot, talk) = await TalkAsync(server);
        var support = ApiJson.Id(await PostAsync(server, "integration/support/create", new { botId = bot, email = "help@example.com" }));
        server.Model.Answer(script => script.Text("Ada wants tulips."));

        var started = await PostAsync(server, $"integration/support/{support}/trigger", new { sample = 5 });

        Assert.Equal($$"""{"id":"{{support}}","triggered":1}""", started.GetRawText());
        var (envelope, message) = await sink.NextAsync();
        Assert.Equal("bot@example.com help@example.com", envelope);
        Assert.Contains("Subject: Conversation: Tulips", message, StringComparison.Ordinal);
        Assert.Contains("Ada wants tulips.", message, StringComparison.Ordinal);
        Assert.Contains("user: Tulips, please", message, StringComparison.Ordinal);
        await Eventually.IsAsync(async () =>
            (await server.Http.ReadAsync(HttpMethod.Get, $"conversation/{talk}/fetch")).GetProperty("meta").ValueKind == JsonValueKind.Object);
        Assert.Equal(
            """{"integrations":{"support":{"summary":"Ada wants tulips."}}}""",
            (await server.Http.ReadAsync(HttpMethod.Get, $"conversation/{talk}/fetch")).GetProperty("meta").GetRawText());
    }

    [Fact]
    public async Task Integration_ThatCanNotSend_IsRefused()
    {
        await using var server = await EngineServer.StartAsync();
        var (bot, _) = await TalkAsync(server);
        var bare = ApiJson.Id(await PostAsync(server, "integration/support/create", new { botId = bot }));
        var ready = ApiJson.Id(await PostAsync(server, "integration/support/create", new { botId = bot, email = "help@example.com" }));

        await server.Http.AssertRefusedAsync("409 CONFLICT: *address*", HttpMethod.Post, $"integration/support/{bare}/trigger", "{}");
        await server.Http.AssertRefusedAsync("422 UNPROCESSABLE_ENTITY: *CHATBOTKIT_SMTP_URL*", HttpMethod.Post, $"integration/support/{ready}/trigger", "{}");
        await server.Http.AssertRefusedAsync("400 BAD_REQUEST: *sample*", HttpMethod.Post, $"integration/support/{ready}/trigger", """{"sample":1001}""");
    }

    private static async Task<(string Bot, string Conversation)> TalkAsync(EngineServer server)
    {
        var bot = ApiJson.Id(await PostAsync(server, "bot/create", new { name = "Flora" }));
        var talk = ApiJson.Id(await PostAsync(server, "conversation/create", new { botId = bot, name = "Tulips" }));
        await PostAsync(server, $"conversation/{talk}/message/create", new { type = "user", text = "Tulips, please" });
        return (bot, talk);
    }

    private static Task<JsonElement> PostAsync(EngineServer server, string path, object body) => server.Http.ReadAsync(HttpMethod.Post, path, body);
}
