using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Policies;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Policies that remove what is older than a number of days.</summary>
public sealed class RetentionPolicyTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Policy_OfABot_RemovesItsOldConversationsAndMessages()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"model":"extractive"}"""));
        var old = await server.CreateConversationAsync($$"""{"botId":"{{bot}}"}""");
        await server.PostAsync($"conversation/{old}/complete", """{"text":"Hello"}""");
        var active = await server.CreateConversationAsync($$"""{"botId":"{{bot}}"}""");
        await server.CreateMessageAsync(active, "first");
        var rated = await server.CreateMessageAsync(active, "second", "bot");
        await server.PostAsync($"conversation/{active}/message/{rated}/upvote", "{}");
        var other = await server.CreateConversationAsync("""{"messages":[{"type":"user","text":"a"}]}""");
        var usage = await server.GetAsync($"bot/{bot}/usage/fetch");
        _time.Advance(TimeSpan.FromDays(20));
        var kept = await server.CreateMessageAsync(active, "third");
        var young = await server.CreateConversationAsync($$"""{"botId":"{{bot}}"}""");
        _time.Advance(TimeSpan.FromDays(10.5));
        await server.PostAsync("policy/create", $$"""{"botId":"{{bot}}","type":"retention","config":{"expiresInDays":30} }""");

        await RemoveAsync(server);

        Assert.Equal(new[] { active, other, young }.Order(), (await server.GetAsync("conversation/list")).Ids().Order());
        Assert.Equal([kept], (await server.GetAsync($"conversation/{active}/message/list")).Ids());
        Assert.Equal(0, await server.Server.Store.CountAsync(RatingTable.Rows));
        Assert.Single((await server.GetAsync($"conversation/{other}/message/list")).Ids());
        Assert.Equal(usage.GetProperty("tokens").GetInt64(), (await server.GetAsync($"bot/{bot}/usage/fetch")).GetProperty("tokens").GetInt64());
        // The conversation goes on with what is left.
        await server.PostAsync($"conversation/{active}/complete", """{"text":"And now?"}""");
    }

    [Fact]
    public async Task Policy_OfTheAccount_RemovesFilesOfActiveConversations()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var talk = await server.CreateConversationAsync();
        await server.PostAsync($"conversation/{talk}/attachment/upload", """{"file":"data:text/plain,a"}""");
        var stranger = await server.StrangerAsync();
        await stranger.ReadAsync(HttpMethod.Post, "conversation/create", "{}");
        _time.Advance(TimeSpan.FromDays(2));
        await server.CreateMessageAsync(talk, "still here");
        await server.PostAsync("policy/create", """{"type":"retention","config":{"expiresInDays":1}}""");

        await RemoveAsync(server);

        Assert.Equal(0, await server.Server.Store.CountAsync(AttachmentTable.Rows));
        Assert.Equal(2, await server.Server.Store.CountAsync(ConversationTable.Rows));
    }

    [Theory]
    [InlineData("""{"type":"retention","state":"disabled","config":{"expiresInDays":1}}""")]
    [InlineData("""{"type":"retention","config":{"expiresInDays":9007199254740991}}""")]
    [InlineData("""{"type":"retention"}""")]
    public async Task Policy_ThatDoesNotApply_RemovesNothing(string policy)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var talk = await server.CreateConversationAsync("""{"messages":[{"type":"user","text":"a"}]}""");
        _time.Advance(TimeSpan.FromDays(100));
        await server.PostAsync("policy/create", policy);

        await RemoveAsync(server);

        Assert.Equal([talk], (await server.GetAsync("conversation/list")).Ids());
    }

    [Fact]
    public async Task Policy_GoesThroughMoreThanOnePage()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        for (var count = 0; count < 130; count++)
            await server.CreateConversationAsync();
        _time.Advance(TimeSpan.FromDays(2));
        await server.PostAsync("policy/create", """{"type":"retention","config":{"expiresInDays":1}}""");

        await RemoveAsync(server);

        Assert.Equal(0, await server.Server.Store.CountAsync(ConversationTable.Rows));
    }

    private static Task<DueWorkResult> RemoveAsync(FeatureServer server) => ((IDueWorkHandler)server.Service<PolicyRetentionWork>()).WorkAsync(null!, Token);
}
