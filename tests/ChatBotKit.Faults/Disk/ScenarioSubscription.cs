namespace ChatBotKit.Faults.Disk;

/// <summary>A subscription to a channel of numbered messages. It can be disposed of while it waits for a message.</summary>
internal sealed class ScenarioSubscription : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending;
    private readonly IAsyncEnumerator<ChannelMessageEvent> _messages;
    private Task<bool> _next = Task.FromResult(true);

    private ScenarioSubscription(ChatBotKitApi api, string channel, TimeSpan limit, CancellationToken cancellationToken)
    {
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ending.CancelAfter(limit);
        _messages = api.Channel.SubscribeAsync(channel, null, _ending.Token).GetAsyncEnumerator(_ending.Token);
    }

    /// <summary>
    /// Subscribes, and receives the first message. It is published again until it arrives, because the subscription may begin a moment
    /// after its call.
    /// </summary>
    public static async Task<ScenarioSubscription> StartAsync(
        ChatBotKitApi api, string channel, Func<Task> publishAsync, TimeSpan limit, CancellationToken cancellationToken)
    {
        var subscription = new ScenarioSubscription(api, channel, limit, cancellationToken);
        var first = subscription.MoveNextAsync();
        while (!first.IsCompleted)
        {
            await publishAsync();
            await Task.WhenAny(first, Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken));
        }

        Assert.True(await first);
        Assert.Equal(0, subscription.Number);
        return subscription;
    }

    /// <summary>
    /// Reads the subscription to its end, or to the message with a number. Several messages may have been published before the first one
    /// arrived.
    /// </summary>
    /// <returns>The code of the failure, or <c>goes on</c>.</returns>
    public async Task<string?> ListenAsync(int number)
    {
        try
        {
            while (await MoveNextAsync())
            {
                if (Number == number)
                    return "goes on";
            }

            return "ended";
        }
        catch (ChatBotKitException exception)
        {
            return exception.Code;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // An enumerator can't be disposed of while it moves.
        await _ending.CancelAsync();
        await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _messages.DisposeAsync();
        _ending.Dispose();
    }

    private int Number => _messages.Current.Data.GetProperty("number").GetInt32();

    private Task<bool> MoveNextAsync() => _next = _messages.MoveNextAsync().AsTask();
}
