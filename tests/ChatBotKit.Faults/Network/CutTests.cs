namespace ChatBotKit.Faults.Network;

/// <summary>Connections that break or stall at any byte of an answer. The caller's loop continues without noticing.</summary>
public sealed class CutTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Reset")]
    [InlineData("Close")]
    public async Task StoredRun_CutAtAnyByte_GivesEveryEventOnce(string kind)
    {
        await using var server = await NetworkServer.StartAsync();
        await using var proxy = FaultyProxy.Start(server.Address);
        var run = await server.AddRunAsync();
        using var http = new HttpClient();
        var api = new ChatBotKitApi(NetworkServer.Options(proxy.Address, http));
        Assert.Equal(run.Events, await FollowAsync(api, run));
        var (length, cuts) = (proxy.Forwarded, 0);

        foreach (var position in Positions.Of(length, Form.Pick(80, int.MaxValue)))
        {
            proxy.Arm(Enum.Parse<FaultKind>(kind), position);
            Assert.Equal(run.Events, await FollowAsync(api, run));
            cuts++;
        }

        proxy.Disarm();
        Assert.Equal(cuts, proxy.Faults);
        Form.Report($"{kind} after {cuts} of {length} bytes");
    }

    [Theory]
    [InlineData("Reset")]
    [InlineData("Close")]
    public async Task Answer_CutAtAnyByte_GivesEveryEventOnceAndAsksTheModelOnce(string kind)
    {
        await using var server = await NetworkServer.StartAsync();
        await using var proxy = FaultyProxy.Start(server.Address);
        var expected = NetworkServer.Content((await server.AddRunAsync()).Events).ToList();
        using var http = new HttpClient();
        var api = new ChatBotKitApi(NetworkServer.Options(proxy.Address, http));
        // After the first response the client knows that the server supports idempotency keys.
        var conversation = (await api.Conversation.CreateAsync(new ConversationCreateRequest(), Token)).Id;
        var before = proxy.Forwarded;
        await CompleteAsync(api, conversation);
        var (length, asked, answers) = (proxy.Forwarded - before, server.Model.Requests.Count, 0);

        foreach (var position in Positions.Of(length, Form.Pick(30, int.MaxValue)))
        {
            conversation = await server.NewConversationAsync();
            proxy.Arm(Enum.Parse<FaultKind>(kind), position);
            Assert.Equal(expected, NetworkServer.Content(await CompleteAsync(api, conversation)));
            answers++;
        }

        Assert.Equal(answers, server.Model.Requests.Count - asked);
        // A response may be some bytes shorter than the first, so that the last faults are not reached.
        Assert.InRange(proxy.Faults, answers * 9 / 10, answers);
        Form.Report($"{kind} after {proxy.Faults} of {length} bytes");
    }

    [Fact]
    public async Task AwaitedAnswer_CutAtAnyByte_ComesNeverthelessAndAsksTheModelOnce()
    {
        await using var server = await NetworkServer.StartAsync();
        await using var proxy = FaultyProxy.Start(server.Address);
        using var http = new HttpClient();
        var api = new ChatBotKitApi(NetworkServer.Options(proxy.Address, http));
        var conversation = (await api.Conversation.CreateAsync(new ConversationCreateRequest(), Token)).Id;
        var before = proxy.Forwarded;
        var text = await AnswerAsync(api, conversation);
        Assert.Equal(string.Concat(NetworkServer.Pieces), text);
        var (length, asked, answers) = (proxy.Forwarded - before, server.Model.Requests.Count, 0);

        foreach (var position in Positions.Of(length - 1, Form.Pick(15, int.MaxValue)))
        {
            conversation = await server.NewConversationAsync();
            proxy.Arm(FaultKind.Reset, position);
            Assert.Equal(text, await AnswerAsync(api, conversation));
            answers++;
        }

        Assert.Equal(answers, server.Model.Requests.Count - asked);
        Assert.InRange(proxy.Faults, answers * 9 / 10, answers);
    }

    [Fact]
    public async Task Stream_ThatStalls_IsTakenUpOnAnotherConnection()
    {
        await using var server = await NetworkServer.StartAsync();
        await using var proxy = FaultyProxy.Start(server.Address);
        var run = await server.AddRunAsync();
        using var http = new HttpClient();
        var api = new ChatBotKitApi(NetworkServer.Options(proxy.Address, http) with
        {
            Timeout = TimeSpan.FromMilliseconds(500),
            StreamIdleTimeout = TimeSpan.FromMilliseconds(300),
            Retries = 50,
        });
        await FollowAsync(api, run);
        var (length, stalls) = (proxy.Forwarded, 0);

        foreach (var position in Positions.Of(length - 10, Form.Pick(6, 100)))
        {
            proxy.Arm(FaultKind.Stall, position);
            Assert.Equal(run.Events, await FollowAsync(api, run));
            stalls++;
        }

        Assert.Equal(stalls, proxy.Faults);
    }

    [Fact]
    public async Task Subscription_ThatIsCut_GivesWhatCameBeforeAndSaysThatItIsLost()
    {
        await using var server = await NetworkServer.StartAsync();
        await using var proxy = FaultyProxy.Start(server.Address);
        using var http = new HttpClient();
        var api = new ChatBotKitApi(NetworkServer.Options(proxy.Address, http));
        const string Channel = "a-channel-of-the-tests";
        await server.Api.Channel.PublishAsync(Channel, new ChannelPublishRequest { Message = new() { ["number"] = 1 } }, Token);
        var heard = 0;

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(async () =>
        {
            await foreach (var message in api.Channel.SubscribeAsync(Channel, new ChannelSubscribeRequest { HistoryLength = 1 }, Token))
            {
                heard += message.Data.GetProperty("number").GetInt32();
                proxy.Arm(FaultKind.Reset, 1);
                await server.Api.Channel.PublishAsync(Channel, new ChannelPublishRequest { Message = new() { ["number"] = 10 } }, Token);
            }
        });

        Assert.Equal((1, ClientErrorCodes.ConnectionLost, true), (heard, failure.Code, failure.IsTransient));
    }

    private static Task<IReadOnlyList<string>> FollowAsync(ChatBotKitApi api, StoredRun run) =>
        NetworkServer.ReadAsync(api.Conversation.Run.StreamAsync(run.Conversation, run.Id, cancellationToken: Token));

    private static Task<IReadOnlyList<string>> CompleteAsync(ChatBotKitApi api, string conversation) => NetworkServer.ReadAsync(
        api.Conversation.CompleteAsync(conversation, new ConversationCompleteMessageRequest { Text = "Hello" }, Token));

    private static async Task<string?> AnswerAsync(ChatBotKitApi api, string conversation) =>
        (await api.Conversation.CompleteAsync(conversation, new ConversationCompleteMessageRequest { Text = "Hello" }, Token)).Text;
}
