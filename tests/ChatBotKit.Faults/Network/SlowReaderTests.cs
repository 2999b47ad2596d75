namespace ChatBotKit.Faults.Network;

/// <summary>Clients that do not read: they cost no memory, and nothing waits for them.</summary>
[Collection(nameof(SlowReaderTests))]
public sealed class SlowReaderTests
{
    private const int PieceLength = 16 * 1024;
    private const long Allowed = 6 * 1024 * 1024;

    // Each character takes six bytes as JSON, so that an allowed answer is larger than the buffers of the system.
    private static readonly string Piece = new('\u0001', PieceLength / 6);
    // The message at the end has the whole text in one line, and the SDK reads lines of up to 32 MiB.
    private static readonly int Count = Form.Pick(768, 1400);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StoredRun_OfWhichSomeReadNothing_HoldsUpNobodyAndNoMemory()
    {
        await using var server = await NetworkServer.StartAsync();
        await GrowthAsync(server, idleReaders: 0);

        var alone = await GrowthAsync(server, idleReaders: 0);
        var watched = await GrowthAsync(server, idleReaders: 8);

        Form.Report($"{(long)Count * PieceLength / 1_000_000} MB written: {alone / 1000} kB more in memory, {watched / 1000} kB with 8 readers that read nothing");
        Assert.InRange(watched - alone, long.MinValue, Allowed);
    }

    [Fact]
    public async Task StoredRun_ReadByteByByte_IsTheSame()
    {
        await using var server = await NetworkServer.StartAsync();
        server.Model.Answer(script => script.Text(Enumerable.Repeat(Piece, 64)));
        var conversation = await server.NewConversationAsync();
        using var call = await RawCall.SendAsync(server.Address, "POST", $"/v1/conversation/{conversation}/complete", """{"text":"Hello"}""");

        var head = await call.ReadSlowlyAsync(4_000);

        Assert.Contains("sendResult", head, StringComparison.Ordinal);
        // The message, receiveResult and result have the whole text; every token has its own.
        Assert.Equal(64, await call.CountRestAsync("\"token\":\"\\u0001") + (head.Contains("\"token\":\"\\u0001", StringComparison.Ordinal) ? 1 : 0));
    }

    [Fact]
    public async Task StatelessRun_ThatIsNotRead_SlowsTheModelDown()
    {
        const int Pieces = 1400;
        await using var server = await NetworkServer.StartAsync();
        server.Model.Answer(script => script.Text(Enumerable.Repeat(Piece, Pieces)));
        using var call = await RawCall.SendAsync(
            server.Address, "POST", "/v1/conversation/complete", """{"messages":[{"type":"user","text":"Hello"}]}""");
        Assert.StartsWith("HTTP/1.1 200", await call.ReadSlowlyAsync(200), StringComparison.Ordinal);

        var taken = await WhenQuietAsync(server.ModelProxy);
        await CompleteElsewhereAsync(server);

        // What the sockets of the system buffer, and little more.
        Form.Report($"the model got rid of {taken / 1000} of {Pieces * PieceLength / 1000} kB");
        Assert.InRange(taken, 1, Pieces * PieceLength * 3L / 4);
        Assert.Equal(Pieces, await call.CountRestAsync("\"token\":\"\\u0001"));
    }

    /// <summary>Returns how much memory a run takes while it is written and this number of its readers do not read.</summary>
    private static async Task<long> GrowthAsync(NetworkServer server, int idleReaders)
    {
        var (conversation, begun, measured) = (await server.NewConversationAsync(), new TaskCompletionSource(), new TaskCompletionSource());
        // The run ends after the last measurement, because the final events contain the whole text several times.
        server.Model.Answer(script => script.WaitFor(begun.Task).Text(Enumerable.Repeat(Piece, Count)).WaitFor(measured.Task));
        var answer = server.Api.Conversation.CompleteAsync(conversation, new ConversationCompleteMessageRequest { Text = "Hello" }, Token);
        await using var events = answer.GetAsyncEnumerator(Token);
        Assert.True(await events.MoveNextAsync());
        var idle = new List<RawCall>();
        for (var reader = 0; reader < idleReaders; reader++)
        {
            idle.Add(await RawCall.SendAsync(server.Address, "GET", $"/v1/conversation/{conversation}/run/{answer.RunId}/stream"));
            Assert.StartsWith("HTTP/1.1 200", await idle[^1].ReadSlowlyAsync(200), StringComparison.Ordinal);
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        begun.SetResult();
        var (tokens, most) = (0, 0L);
        while (await events.MoveNextAsync().AsTask().WaitAsync(NetworkServer.Patience, Token))
        {
            if (events.Current is not TokenEvent || ++tokens % (Count / 4) != 0)
                continue;
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            await CompleteElsewhereAsync(server);
            if (tokens == Count)
                measured.SetResult();
        }

        Assert.Equal(Count, tokens);
        idle.ForEach(one => one.Dispose());
        return most;
    }

    /// <summary>Returns the number of bytes that have passed the proxy when no more come.</summary>
    private static async Task<long> WhenQuietAsync(FaultyProxy proxy)
    {
        var (last, quiet) = (-1L, 0);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (quiet < 5 && await timer.WaitForNextTickAsync(Token))
        {
            quiet = proxy.Forwarded == last ? quiet + 1 : 0;
            last = proxy.Forwarded;
        }

        return last;
    }

    private static async Task CompleteElsewhereAsync(NetworkServer server)
    {
        var conversation = await server.NewConversationAsync();
        var answer = await server.Api.Conversation.CompleteAsync(conversation, new ConversationCompleteMessageRequest { Text = "Hello" }, Token);
        Assert.Equal(string.Concat(NetworkServer.Pieces), answer.Text);
    }
}

/// <summary>Not in parallel with other tests, because the memory of the whole process is measured.</summary>
[CollectionDefinition(nameof(SlowReaderTests), DisableParallelization = true)]
public sealed class SlowReaderCollection;
