namespace ChatBotKit.Faults.Network;

/// <summary>Clients that disconnect in the middle of a response: the server releases everything that it held for them.</summary>
public sealed class LeavingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_ThatLeaveInMidStream_LeaveNoLogNoReaderAndNoTimer()
    {
        var clock = new CountingTime();
        await using var server = await NetworkServer.StartAsync(clock);
        server.Model.Otherwise(_ => new TestModels.ModelScript().Text("One").Silence());
        var timers = clock.Timers;

        for (var round = 0; round < Form.Pick(5, 200); round++)
        {
            var conversation = await server.NewConversationAsync();
            var runId = await LeaveAsync(server, conversation);
            Assert.Equal(1, server.Logs.Count);
            await server.Api.Conversation.Run.AbortAsync(conversation, runId, Token);
        }

        await BecomesAsync(() => (server.Logs.Count, clock.Timers), (0, timers));
        // The check is verified: while a client is connected, the counts are higher.
        await using var stays = server.Api.Channel.SubscribeAsync("a-channel-of-the-tests", null, Token).GetAsyncEnumerator(Token);
        var waiting = stays.MoveNextAsync();
        await BecomesAsync(() => (server.Logs.Count, clock.Timers), (1, timers + 1));
        await server.Api.Channel.PublishAsync("a-channel-of-the-tests", new ChannelPublishRequest { Message = [] }, Token);
        Assert.True(await waiting);
    }

    /// <summary>Opens one stream of each kind, reads its beginning and disconnects. Returns the run, which continues.</summary>
    private static async Task<string> LeaveAsync(NetworkServer server, string conversation)
    {
        using var http = new HttpClient();
        var api = new ChatBotKitApi(NetworkServer.Options(server.Address, http));
        var stored = api.Conversation.CompleteAsync(conversation, new ConversationCompleteMessageRequest { Text = "Hello" }, Token);
        await ReadTokenAsync(stored);
        await ReadTokenAsync(api.Conversation.Run.StreamAsync(conversation, stored.RunId!, cancellationToken: Token));
        await ReadTokenAsync(api.Conversation.CompleteAsync(
            new ConversationCompleteRequest { Messages = [new ConversationMessage { Type = MessageType.User, Text = "Hello" }] }, Token));
        await server.Api.Channel.PublishAsync(
            "a-channel-of-the-tests", new ChannelPublishRequest { Message = new() { ["number"] = 1 } }, Token);
        await foreach (var _ in api.Channel.SubscribeAsync("a-channel-of-the-tests", new ChannelSubscribeRequest { HistoryLength = 1 }, Token))
            break;
        await BecomesAsync(() => server.Logs.Count, 1);
        return stored.RunId!;
    }

    private static async Task ReadTokenAsync(IAsyncEnumerable<RunEvent> answer)
    {
        await foreach (var one in answer.WithCancellation(Token))
        {
            if (one is TokenEvent)
                return;
        }

        throw new InvalidOperationException("The stream ended without a token.");
    }

    /// <summary>Waits, because the server notices a disconnected client with a delay.</summary>
    private static async Task BecomesAsync<T>(Func<T> found, T expected)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(NetworkServer.Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!EqualityComparer<T>.Default.Equals(found(), expected))
        {
            if (!await WaitAsync(timer, limit.Token))
                break;
        }

        Assert.Equal(expected, found());
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken limit)
    {
        try
        {
            return await timer.WaitForNextTickAsync(limit);
        }
        catch (OperationCanceledException) when (!Token.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The system's clock, with a count of its active timers.</summary>
    private sealed class CountingTime : TimeProvider
    {
        private int _timers;

        public int Timers => Volatile.Read(ref _timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _timers);
            return new CountedTimer(this, base.CreateTimer(callback, state, dueTime, period));
        }

        private sealed class CountedTimer(CountingTime owner, ITimer inner) : ITimer
        {
            private int _isDisposed;

            public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                    Interlocked.Decrement(ref owner._timers);
                inner.Dispose();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return default;
            }
        }
    }
}
