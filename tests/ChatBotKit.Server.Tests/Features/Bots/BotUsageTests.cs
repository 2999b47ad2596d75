using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

public sealed class BotUsageTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("", 35, 2, 3)]
    [InlineData("?from=2026-01-01T12:00:05Z", 25, 1, 2)]
    [InlineData("?to=2026-01-01T12:00:05Z", 10, 1, 1)]
    public async Task Fetch_AddsUpTheConversationsWithTheBot(string query, int tokens, int conversations, int messages)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"visibility":"public"}"""));
        var talk = await server.CreateConversationAsync($$"""{"botId":"{{bot}}"}""");
        await server.CreateMessageAsync(talk, "one");
        await server.CreateMessageAsync(talk, "hidden", "context");
        await SpendAsync(server, talk, 10, bot);
        await server.CreateMessageAsync(await server.CreateConversationAsync(), "of no bot");
        var stranger = await server.StrangerAsync();
        await stranger.ReadAsync(HttpMethod.Post, "conversation/create", $$"""{"botId":"{{bot}}","messages":[{"type":"user","text":"of another account"}]}""");
        _time.Advance(TimeSpan.FromSeconds(10));
        var session = await server.PostAsync($"bot/{bot}/session/create", """{"messages":[{"type":"user","text":"two"}]}""");
        await server.CreateMessageAsync(session.Text("conversationId")!, "three", "bot");
        await SpendAsync(server, session.Text("conversationId")!, 25, bot);
        // Messages of one moment get times that differ.
        _time.Advance(TimeSpan.FromSeconds(1));

        var usage = await server.GetAsync($"bot/{bot}/usage/fetch{query}");

        Assert.Equal(
            (tokens, conversations, messages),
            (usage.GetProperty("tokens").GetInt32(), usage.GetProperty("conversations").GetInt32(), usage.GetProperty("messages").GetInt32()));
    }

    [Theory]
    [InlineData("", 35, 1, 4)]
    [InlineData("?from=2026-01-01T12:00:05Z", 25, 0, 2)]
    public async Task Fetch_CountsDeletedConversations_ByTheirTurns(string query, int tokens, int conversations, int messages)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = ApiJson.Id(await server.PostAsync("bot/create", "{}"));
        var talk = await server.CreateConversationAsync($$"""{"botId":"{{bot}}"}""");
        await SpendAsync(server, talk, 10, bot);
        _time.Advance(TimeSpan.FromSeconds(10));
        await SpendAsync(server, talk, 25, bot);
        await server.PostAsync($"conversation/{talk}/delete", "{}");

        var usage = await server.GetAsync($"bot/{bot}/usage/fetch{query}");

        Assert.Equal(
            (tokens, conversations, messages),
            (usage.GetProperty("tokens").GetInt32(), usage.GetProperty("conversations").GetInt32(), usage.GetProperty("messages").GetInt32()));
    }

    [Fact]
    public async Task Fetch_CountsTheTokensOfARun()
    {
        await using var server = await FeatureServer.StartAsync();
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"model":"extractive"}"""));
        var talk = await server.CreateConversationAsync($$"""{"botId":"{{bot}}"}""");
        var answer = await server.PostAsync($"conversation/{talk}/complete", """{"text":"Hello"}""");

        var before = await server.GetAsync($"bot/{bot}/usage/fetch");
        await server.PostAsync($"conversation/{talk}/delete", "{}");

        Assert.Equal(answer.GetProperty("usage").GetProperty("token").GetInt64(), before.GetProperty("tokens").GetInt64());
        Assert.Equal(before.GetRawText(), (await server.GetAsync($"bot/{bot}/usage/fetch")).GetRawText());
    }

    [Fact]
    public async Task Fetch_OfABotOfAnotherAccount_IsNotFoundEvenIfItIsPublic()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"visibility":"public","alias":"help"}"""));
        var stranger = await server.StrangerAsync();

        await stranger.AssertRefusedAsync("404 NOT_FOUND: Bot not found", HttpMethod.Get, $"bot/{bot}/usage/fetch");
        await server.Owner.AssertRefusedAsync("400 BAD_REQUEST: *\"from\"*", HttpMethod.Get, $"bot/{bot}/usage/fetch?from=yesterday");
        Assert.Equal(0, (await server.GetAsync("bot/@help/usage/fetch")).GetProperty("tokens").GetInt32());
    }

    private async Task SpendAsync(FeatureServer server, string conversationId, int tokens, string botId) =>
        await server.Server.Store.CommitAsync(new WriteSet
        {
            Usage = new UsageRow
            {
                Id = Ids.New(),
                AccountId = await server.Server.OwnerAccountIdAsync(),
                ConversationId = conversationId,
                BotId = botId,
                Model = "a",
                InputTokens = tokens - 3,
                OutputTokens = 3,
                Messages = 2,
                CreatedAt = _time.GetUtcNow().ToUnixTimeMilliseconds(),
            },
        });
}
