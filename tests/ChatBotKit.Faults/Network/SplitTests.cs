namespace ChatBotKit.Faults.Network;

/// <summary>Streams whose bytes arrive in other pieces than those that were sent.</summary>
public sealed class SplitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_SplitAtAnyByte_GivesTheSameEvents()
    {
        await using var server = await NetworkServer.StartAsync();
        var run = await server.AddRunAsync();
        var length = await LengthAsync(server, run);
        foreach (var position in Positions.Of(length, Form.Pick(80, int.MaxValue)))
        {
            using var http = PiecewiseConnections.Client(read => read < position ? (int)(position - read) : int.MaxValue);
            Assert.Equal(run.Events, await FollowAsync(server, run, http));
        }

        Form.Report($"{Positions.Of(length, Form.Pick(80, int.MaxValue)).Count()} of {length} borders");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Stream_InSmallPieces_GivesTheSameEvents(int pieceLength)
    {
        await using var server = await NetworkServer.StartAsync();
        var run = await server.AddRunAsync();
        using var http = PiecewiseConnections.Client(_ => pieceLength);

        Assert.Equal(run.Events, await FollowAsync(server, run, http));
        Assert.Equal(NetworkServer.Content(run.Events), NetworkServer.Content(await CompleteAsync(server, server.Address, http)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Stream_SentInSmallPieces_GivesTheSameEvents(int pieceLength)
    {
        await using var server = await NetworkServer.StartAsync();
        var run = await server.AddRunAsync();
        await using var proxy = FaultyProxy.Start(server.Address, pieceLength: pieceLength);

        Assert.Equal(NetworkServer.Content(run.Events), NetworkServer.Content(await CompleteAsync(server, proxy.Address)));
        Assert.True(proxy.Forwarded > 0);
    }

    [Theory]
    [InlineData(4 * 1024)]
    [InlineData(8 * 1024)]
    public async Task Stream_HeldBackByABuffer_GivesTheSameEvents(int buffer)
    {
        await using var server = await NetworkServer.StartAsync();
        await using var proxy = FaultyProxy.Start(server.Address, holdBack: buffer);
        // Longer than the buffer, so that a part is forwarded in the middle and the rest at the end.
        server.Model.Otherwise(_ => new TestModels.ModelScript().Text(Enumerable.Repeat(NetworkServer.Pieces, 20).SelectMany(pieces => pieces)));
        var run = await server.AddRunAsync();

        Assert.Equal(NetworkServer.Content(run.Events), NetworkServer.Content(await CompleteAsync(server, proxy.Address)));
        using var http = new HttpClient();
        Assert.Equal(run.Events, await NetworkServer.ReadAsync(
            new ChatBotKitApi(NetworkServer.Options(proxy.Address, http)).Conversation.Run.StreamAsync(run.Conversation, run.Id, cancellationToken: Token)));
    }

    [Fact]
    public async Task Subscription_InSmallPieces_GivesEveryMessage()
    {
        await using var server = await NetworkServer.StartAsync();
        using var http = PiecewiseConnections.Client(_ => 1);
        var api = new ChatBotKitApi(NetworkServer.Options(server.Address, http));
        const string Channel = "a-channel-of-the-tests";
        for (var number = 0; number < 5; number++)
        {
            await server.Api.Channel.PublishAsync(
                Channel, new ChannelPublishRequest { Message = new() { ["text"] = NetworkServer.Pieces[number] } }, Token);
        }

        var heard = new List<string?>();
        await foreach (var message in api.Channel.SubscribeAsync(Channel, new ChannelSubscribeRequest { HistoryLength = 5 }, Token))
        {
            heard.Add(message.Data.GetProperty("text").GetString());
            if (heard.Count == 5)
                break;
        }

        Assert.Equal(NetworkServer.Pieces[..5], heard);
    }

    private static Task<IReadOnlyList<string>> FollowAsync(NetworkServer server, StoredRun run, HttpClient http) =>
        NetworkServer.ReadAsync(new ChatBotKitApi(NetworkServer.Options(server.Address, http))
            .Conversation.Run.StreamAsync(run.Conversation, run.Id, cancellationToken: Token));

    private static async Task<IReadOnlyList<string>> CompleteAsync(NetworkServer server, Uri address, HttpClient? http = null)
    {
        var api = new ChatBotKitApi(NetworkServer.Options(address, http));
        return await NetworkServer.ReadAsync(api.Conversation.CompleteAsync(
            await server.NewConversationAsync(), new ConversationCompleteMessageRequest { Text = "Hello" }, Token));
    }

    /// <summary>Returns the number of bytes of the run's response, with headers and framing.</summary>
    private static async Task<long> LengthAsync(NetworkServer server, StoredRun run)
    {
        await using var proxy = FaultyProxy.Start(server.Address);
        using var http = new HttpClient();
        await NetworkServer.ReadAsync(new ChatBotKitApi(NetworkServer.Options(proxy.Address, http))
            .Conversation.Run.StreamAsync(run.Conversation, run.Id, cancellationToken: Token));
        return proxy.Forwarded;
    }
}
