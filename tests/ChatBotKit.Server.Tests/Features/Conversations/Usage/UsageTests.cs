using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

public sealed class UsageTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("", 30, 2)]
    [InlineData("?from=2026-01-01T11:59:59Z&to=2026-01-01T12:00:00.500Z", 10, 1)]
    [InlineData("?from=2026-01-01T14:00:00%2B02:00", 30, 2)]
    [InlineData("?from=2026-01-01T12:00:01", 20, 1)]
    [InlineData("?to=2025-12-31", 0, 0)]
    [InlineData("?to=0001-01-01", 0, 0)]
    [InlineData("?from=0001-01-01&to=9999-12-31", 30, 2)]
    public async Task Fetch_AddsUpWhatLiesInTheSpan(string query, int tokens, int messages)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var id = await server.CreateConversationAsync();
        await server.CreateMessageAsync(id, "secret", "context");
        await SpendAsync(server, id, 7, 3);
        await server.CreateMessageAsync(id, "one");
        _time.Advance(TimeSpan.FromSeconds(10));
        await SpendAsync(server, id, 15, 5);
        await server.CreateMessageAsync(id, "two", "bot");

        var usage = await server.GetAsync($"conversation/{id}/usage/fetch{query}");
        Assert.Equal((tokens, messages), (usage.GetProperty("tokens").GetInt32(), usage.GetProperty("messages").GetInt32()));
    }

    [Theory]
    [InlineData("from=yesterday", "\"from\"")]
    [InlineData("to=1767225600000", "\"to\"")]
    [InlineData("from=2026-01-02&to=2026-01-01", "\"from\"")]
    public async Task Fetch_WithBadSpan_NamesTheParameter(string query, string field)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var id = await server.CreateConversationAsync();
        await server.Owner.AssertRefusedAsync(
            $"400 BAD_REQUEST: *{field}*", HttpMethod.Get, $"conversation/{id}/usage/fetch?{query}");
    }

    [Fact]
    public async Task Fetch_ByOthers_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var stranger = await server.StrangerAsync();
        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"conversation/{id}/usage/fetch");
        var session = await server.SessionAsync(id);
        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, $"conversation/{id}/usage/fetch");
    }

    private async Task SpendAsync(FeatureServer server, string conversationId, int input, int output) =>
        await server.Server.Store.CommitAsync(new WriteSet
        {
            Usage = new UsageRow
            {
                Id = $"usage-{input}",
                AccountId = await server.Server.OwnerAccountIdAsync(),
                ConversationId = conversationId,
                Model = "extractive",
                InputTokens = input,
                OutputTokens = output,
                Messages = 1,
                CreatedAt = _time.GetUtcNow().ToUnixTimeMilliseconds(),
            },
        });
}
