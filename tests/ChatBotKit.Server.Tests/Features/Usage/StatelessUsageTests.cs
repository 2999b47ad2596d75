using System.Text.Json;
using ChatBotKit.Server.Data;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The usage of runs that store nothing themselves.</summary>
public sealed class StatelessUsageTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("conversation/complete", """{"botId":"BOT","messages":[{"type":"user","text":"Hello"}]}""")]
    [InlineData("openai/chat/completions", """{"model":"bot/id=BOT","messages":[{"role":"user","content":"Hello"}]}""")]
    public async Task Run_CountsForItsBot_OnceItIsStored(string path, string body)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"model":"extractive"}"""));
        await server.PostAsync("policy/create", $$"""{"botId":"{{bot}}","type":"usage","state":"enabled","config":{"metric":"tokens","threshold":1,"windowInSeconds":3600,"actions":{"block":{"durationInSeconds":600} } } }""");
        body = body.Replace("BOT", bot, StringComparison.Ordinal);

        await server.PostAsync(path, body);
        await FlushAsync(server);

        var record = Assert.Single((await server.GetAsync("usage/list")).Items());
        Assert.Equal((bot, JsonValueKind.Null), (record.Text("botId"), record.GetProperty("conversationId").ValueKind));
        Assert.True((await server.GetAsync("usage/fetch")).GetProperty("tokens").GetInt64() > 0);
        await server.Owner.AssertRefusedAsync("429 USAGE_LIMIT", HttpMethod.Post, path, body);
    }

    /// <summary>A policy of messages counts the question, wherever it was stored or sent.</summary>
    [Theory]
    [InlineData("conversation/complete", """{"model":"extractive","messages":[{"type":"user","text":"Hello"}]}""", 2)]
    [InlineData("conversation/complete", """{"model":"extractive","messages":[{"type":"user","text":"Hello"},{"type":"bot","text":"Yes?"}]}""", 1)]
    [InlineData("openai/chat/completions", """{"model":"extractive","messages":[{"role":"user","content":"Hello"}]}""", 2)]
    [InlineData("conversation/TALK/receive", "{}", 2)]
    public async Task Run_CountsItsQuestionAndItsAnswer(string path, string body, int messages)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var talk = await server.CreateConversationAsync("""{"model":"extractive"}""");
        await server.PostAsync($"conversation/{talk}/send", """{"text":"Hello"}""");

        await server.PostAsync(path.Replace("TALK", talk, StringComparison.Ordinal), body);
        await FlushAsync(server);

        var account = await server.Server.OwnerAccountIdAsync();
        Assert.Equal(messages, await server.Server.Store.QueryAsync(
            db => db.SumUsageAsync("messages", account, botId: null, after: 0), TestContext.Current.CancellationToken));
    }

    /// <summary>The run of a bot that another bot asks is part of the run that asks, and counts once with it.</summary>
    [Fact]
    public async Task Run_OfAConversation_CountsOnce()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var talk = await server.CreateConversationAsync("""{"model":"extractive"}""");

        await server.PostAsync($"conversation/{talk}/complete", """{"text":"Hello"}""");
        await FlushAsync(server);

        Assert.Single((await server.GetAsync("usage/list")).Items());
    }

    [Fact]
    public async Task Runs_BeforeTheServerStops_AreStored()
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
        await using (var app = await ServerFactory.StartInAsync(directory, time: _time))
        {
            using var owner = ServerFactory.ClientOf(app);
            await owner.ReadAsync(HttpMethod.Post, "conversation/complete", """{"model":"extractive","messages":[{"type":"user","text":"Hello"}]}""");
        }

        await using (var app = await ServerFactory.StartInAsync(directory, time: _time))
        {
            using var owner = ServerFactory.ClientOf(app);
            Assert.Single((await owner.ReadAsync(HttpMethod.Get, "usage/list")).Items());
        }

        Directory.Delete(directory, recursive: true);
        await TestStore.DeleteDatabaseOfAsync(directory);
    }

    private static Task FlushAsync(FeatureServer server) => server.Service<UsageQueue>().FlushAsync(TestContext.Current.CancellationToken);
}
