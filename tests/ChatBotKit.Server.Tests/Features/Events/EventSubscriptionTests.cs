using System.Text.Json;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Events;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>What a subscriber of the event log sees.</summary>
public sealed class EventSubscriptionTests : IAsyncLifetime
{
    private FeatureServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FeatureServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Subscriber_GetsTheHistoryWithMilliseconds_AndThenLiveEventsWithTexts()
    {
        await CreateBotAsync();
        var (second, third) = (await CreateBotAsync(), await CreateBotAsync());
        using var answer = await _server.Owner.OpenAsync(HttpMethod.Post, "event/log/subscribe", """{"historyLength":2}""");
        await answer.AssertOkAsync();
        using var lines = await ReaderOf(answer);
        foreach (var bot in new[] { second, third })
        {
            var item = await NextItemAsync(lines);
            Assert.Equal((bot, JsonValueKind.Number), (item.Text("botId"), item.GetProperty("createdAt").ValueKind));
        }

        var live = await CreateBotAsync();
        var conversation = await _server.CreateConversationAsync();
        await _server.CreateMessageAsync(conversation, "Lilies");

        var created = await NextItemAsync(lines);
        Assert.Equal(("bot.create", live), (created.Text("type"), created.Text("botId")));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", created.Text("createdAt"));
        Assert.Equal(
            [("conversation.create", conversation), ("message.create", conversation)],
            new[] { await NextItemAsync(lines), await NextItemAsync(lines) }.Select(one => (one.Text("type")!, one.Text("conversationId")!)));
    }

    [Fact]
    public async Task Subscriber_AsServerSentEvents_GetsItems()
    {
        await CreateBotAsync();
        using var answer = await _server.Owner.OpenAsync(HttpMethod.Post, "event/log/subscribe", """{"historyLength":1}""", "text/event-stream");
        using var lines = await ReaderOf(answer);

        Assert.Equal("event: item", await LineAsync(lines, line => line.StartsWith("event: item", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Subscriber_OfAnotherAccount_GetsNothingOfIt()
    {
        using var stranger = await _server.StrangerAsync();
        using var answer = await stranger.OpenAsync(HttpMethod.Post, "event/log/subscribe", "{}");
        using var lines = await ReaderOf(answer);
        await LineAsync(lines, _ => true);
        await CreateBotAsync();
        var own = (await stranger.ReadAsync(HttpMethod.Post, "bot/create", "{}")).Id();

        Assert.Equal(own, (await NextItemAsync(lines)).Text("botId"));
    }

    [Fact]
    public void Subscription_ThatIsNotRead_EndsWhenTooManyEventsWait()
    {
        var subscribers = new EventSubscribers(new ChangeFeed());
        using var subscription = subscribers.Subscribe("account");
        for (var index = 0; index <= EventSubscription.Capacity + 5; index++)
            subscribers.OnChanged(EventEntry.About("account", "bot.create", index, []).Added());

        var count = 0;
        while (subscription.Events.TryRead(out _))
            count++;

        Assert.Equal((EventSubscription.Capacity, true, true), (count, subscription.IsTooSlow, subscription.Events.Completion.IsCompleted));
    }

    [Fact]
    public async Task Request_ThatIsBad_IsRefused()
    {
        foreach (var length in new[] { "-1", "10001", "\"x\"" })
            await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST: *historyLength*", HttpMethod.Post, "event/log/subscribe", $$"""{"historyLength":{{length}}}""");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<StreamReader> ReaderOf(HttpResponseMessage answer) => new(await answer.Content.ReadAsStreamAsync(Token));

    private static async Task<JsonElement> NextItemAsync(StreamReader lines) =>
        JsonElement.Parse(await LineAsync(lines, line => line.StartsWith("{\"type\":\"item\"", StringComparison.Ordinal))).GetProperty("data");

    private static async Task<string> LineAsync(StreamReader lines, Predicate<string> isWanted)
    {
        while (true)
        {
            var line = await lines.ReadLineAsync(Token) ?? throw new EndOfStreamException("The stream has ended.");
            if (isWanted(line))
                return line;
        }
    }

    private async Task<string> CreateBotAsync() => (await _server.PostAsync("bot/create", "{}")).Id();
}
