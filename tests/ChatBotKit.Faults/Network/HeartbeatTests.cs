using ChatBotKit.TestModels;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Faults.Network;

/// <summary>Proxies close silent connections, so the server's streams have heartbeats.</summary>
public sealed class HeartbeatTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    /// <summary>
    /// More than two steps of the clock: a byte that is seen in one step may have passed at its start, and the next one at the end of
    /// the step after it.
    /// </summary>
    private static readonly TimeSpan ProxyLimit = TimeSpan.FromSeconds(25);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Streams_OfASilentModel_StayOpenBehindAProxyThatClosesIdleConnections()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var server = await NetworkServer.StartAsync(clock);
        await using var proxy = FaultyProxy.Start(server.Address, idle: (ProxyLimit, clock));
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var api = new ChatBotKitApi(NetworkServer.Options(proxy.Address, http) with { Retries = 0 });
        var goOn = new TaskCompletionSource();
        server.Model.Otherwise(_ => new ModelScript().Text("One").WaitFor(goOn.Task).Text(" two"));
        var conversation = await server.NewConversationAsync();
        var request = new ConversationCompleteMessageRequest { Text = "Hello" };

        var complete = api.Conversation.CompleteAsync(conversation, request, Token);
        var streams = new List<OpenStream> { await OpenStream.UntilTokenAsync(complete) };
        streams.Add(await OpenStream.UntilTokenAsync(api.Conversation.Run.StreamAsync(conversation, complete.RunId!, cancellationToken: Token)));
        streams.Add(await OpenStream.UntilTokenAsync(api.Conversation.CompleteAsync(
            new ConversationCompleteRequest { Messages = [new ConversationMessage { Type = MessageType.User, Text = "Hello" }] }, Token)));
        var waiting = new OpenStream(api.Conversation.CompleteAsync(conversation, request, Token).GetAsyncEnumerator(Token)).RestAsync();
        var heard = ListenAsync(api);
        await proxy.WaitUntilAsync(() => proxy.ForwardedByConnection.Count(one => one > 0) == 5, NetworkServer.Patience);

        for (var passed = TimeSpan.Zero; passed < Silence; passed += TimeSpan.FromSeconds(10))
        {
            var before = proxy.ForwardedByConnection;
            clock.Advance(TimeSpan.FromSeconds(5));
            clock.Advance(TimeSpan.FromSeconds(5));
            await proxy.WaitUntilAsync(() => HaveAllSpoken(before, proxy.ForwardedByConnection), NetworkServer.Patience);
        }

        Assert.Equal(0, proxy.IdleClosed);
        goOn.SetResult();
        foreach (var stream in streams)
            Assert.Equal("One two", await stream.RestAsync().WaitAsync(NetworkServer.Patience, Token));
        Assert.Equal("One two", await waiting.WaitAsync(NetworkServer.Patience, Token));
        await server.Api.Channel.PublishAsync(Channel, new ChannelPublishRequest { Message = new() { ["number"] = 7 } }, Token);
        Assert.Equal(7, await heard.WaitAsync(NetworkServer.Patience, Token));
    }

    private const string Channel = "a-channel-of-the-tests";

    private static bool HaveAllSpoken(IReadOnlyList<long> before, IReadOnlyList<long> after)
    {
        Assert.Equal(before.Count, after.Count);
        return before.Zip(after).All(pair => pair.Second > pair.First);
    }

    private static async Task<int> ListenAsync(ChatBotKitApi api)
    {
        await foreach (var message in api.Channel.SubscribeAsync(Channel, null, Token))
            return message.Data.GetProperty("number").GetInt32();
        throw new InvalidOperationException("The subscription ended.");
    }

    /// <summary>A stream whose first token has arrived.</summary>
    private sealed class OpenStream(IAsyncEnumerator<RunEvent> events)
    {
        public static async Task<OpenStream> UntilTokenAsync(IAsyncEnumerable<RunEvent> answer)
        {
            var stream = new OpenStream(answer.GetAsyncEnumerator(Token));
            while (await stream.Events.MoveNextAsync().AsTask().WaitAsync(NetworkServer.Patience, Token))
            {
                if (stream.Events.Current is TokenEvent)
                    return stream;
            }

            throw new InvalidOperationException("The stream ended without a token.");
        }

        private IAsyncEnumerator<RunEvent> Events { get; } = events;

        /// <summary>Returns the text of the result at the end of the stream.</summary>
        public async Task<string?> RestAsync()
        {
            await using var rest = Events;
            string? text = null;
            while (await rest.MoveNextAsync())
                text = rest.Current is ResultEvent result ? result.Data.Text : text;
            return text;
        }
    }
}
