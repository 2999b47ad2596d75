using ChatBotKit.Testing;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Tests.Http;

/// <summary>Time limits apply to silence only: a transfer in progress is never cut off, and a stalled one always ends.</summary>
public sealed class SilenceTests
{
    private const string Item = """{"id":"x","createdAt":1790000000000,"updatedAt":1790000000000,"items":[]}""";
    private const string Cut = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"id\":\"x\"";
    private const string CutChunk = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{\"id\":";

    // Reached only by a failing test.
    private const int TestTimeout = 30_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    public static TheoryData<string> Calls => [.. Operations.Keys];

    private static Dictionary<string, Func<ChatBotKitApi, Task>> Operations { get; } = new()
    {
        ["fetch"] = api => api.Conversation.FetchAsync("c1", Clients.Token),
        ["list"] = async api => await api.Conversation.ListAsync(cancellationToken: Clients.Token),
        ["complete"] = async api => await api.Conversation.CompleteAsync("c1", new ConversationCompleteMessageRequest { Text = "hi" }, Clients.Token),
        ["stream"] = api => api.Conversation.ListAsync(cancellationToken: Clients.Token).ToListAsync(),
        ["download"] = api => api.File.DownloadAsync("f1", new MemoryStream(), cancellationToken: Clients.Token),
        ["backup"] = api => api.Server.BackupAsync(new MemoryStream(), cancellationToken: Clients.Token),
        ["csv"] = api => api.Conversation.ExportCsvAsync(new MemoryStream(), cancellationToken: Clients.Token),
    };

    [Theory(Timeout = TestTimeout)]
    [MemberData(nameof(Calls))]
    public async Task Answer_ThatStops_IsALostConnection(string call)
    {
        foreach (var start in new[] { Cut, CutChunk })
        {
            await using var server = new WireServer(WireServer.Stall(start));

            var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Operations[call](Api(server)));

            Assert.Equal(ClientErrorCodes.ConnectionLost, failure.Code);
            Assert.True(failure.IsTransient);
        }
    }

    [Fact(Timeout = TestTimeout)]
    public async Task Get_ThatStopped_IsSentAgain()
    {
        await using var server = new WireServer(WireServer.Stall(Cut), WireServer.Answer(200, Item));

        Assert.Equal("x", (await Api(server, retries: 1).Conversation.FetchAsync("c1", Clients.Token)).Id);
        Assert.Equal(2, server.Exchanges.Count);
    }

    [Fact(Timeout = TestTimeout)]
    public async Task Download_ThatStopped_BeginsAnew_WhereTheStreamStood()
    {
        await using var server = new WireServer(
            WireServer.Stall("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of something long"), WireServer.Answer(200, "whole", "text/plain"));
        using var file = new MemoryStream();
        file.Write("kept:"u8);

        await Api(server, retries: 1).File.DownloadAsync("f1", file, cancellationToken: Clients.Token);

        Assert.Equal("kept:whole", System.Text.Encoding.UTF8.GetString(file.ToArray()));
    }

    [Fact(Timeout = TestTimeout)]
    public async Task Download_IntoAStreamThatCannotGoBack_IsNotSentAgain()
    {
        await using var server = new WireServer(WireServer.Stall("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), WireServer.Answer(200, "whole"));
        using var file = new MemoryStream();
        using var destination = new ForwardStream(file);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            () => Api(server, retries: 3).File.DownloadAsync("f1", destination, cancellationToken: Clients.Token));

        Assert.Equal(ClientErrorCodes.ConnectionLost, failure.Code);
        Assert.Equal("half", System.Text.Encoding.UTF8.GetString(file.ToArray()));
    }

    [Fact(Timeout = TestTimeout)]
    public async Task ErrorBody_ThatStops_DoesNotHideTheStatus()
    {
        await using var server = new WireServer(WireServer.Stall("HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"));

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Api(server).Conversation.FetchAsync("c1", Clients.Token));

        Assert.Equal(ErrorCodes.NotFound, failure.Code);
    }

    [Fact]
    public async Task Answer_ThatComesSlowlyButSteadily_IsNotCut()
    {
        var clock = new FakeTimeProvider();
        var body = new TricklingStream(System.Text.Encoding.UTF8.GetBytes(Item), () => clock.Advance(TimeSpan.FromSeconds(59)));
        var handler = new ScriptedHandler().Stream(body, type: "application/json");
        var options = Clients.Options(handler) with { TimeProvider = clock, StreamIdleTimeout = TimeSpan.FromMinutes(1), Retries = 0 };

        Assert.Equal("x", (await new ConversationClient(options).FetchAsync("c1", Clients.Token)).Id);
    }

    [Fact]
    public async Task Upload_ThatMoves_IsNotCut()
    {
        var clock = new FakeTimeProvider();
        await using var server = WireServer.ForUpload(WireServer.Answer(200, ""));
        // The time that the caller's own stream takes does not count as silence of the server.
        using var content = new PacedStream(3 * 1024 * 1024, () => clock.Advance(TimeSpan.FromSeconds(5)));
        var api = new ChatBotKitApi(Options(server) with { TimeProvider = clock, Timeout = TimeSpan.FromSeconds(2), Retries = 3 });

        await api.Conversation.Attachment.UploadAsync("c1", content, Description(content), cancellationToken: Clients.Token);

        Assert.Equal(2, server.Exchanges.Count);
        Assert.Equal(content.Length, server.Exchanges[1].BodySize);
    }

    [Fact(Timeout = TestTimeout)]
    public async Task Upload_OfWhichThePeerTakesNothing_IsGivenUp()
    {
        await using var server = WireServer.ForUpload(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n");
            await exchange.FreezeAsync();
        });
        using var content = new PacedStream(64 * 1024 * 1024, static () => { });
        var api = new ChatBotKitApi(Options(server) with { Timeout = TimeSpan.FromSeconds(1) });

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            () => api.Conversation.Attachment.UploadAsync("c1", content, Description(content), cancellationToken: Clients.Token));

        Assert.Equal(ErrorCodes.Timeout, failure.Code);
    }

    private static AttachmentFileDescription Description(Stream content) => new() { Type = "text/plain", Size = content.Length };

    private static ChatBotKitApi Api(WireServer server, int retries = 0) => new(Options(server) with { Retries = retries });

    private static ChatBotKitClientOptions Options(WireServer server) => new()
    {
        Secret = Clients.Secret,
        BaseUrl = server.Address,
        StreamIdleTimeout = Limit,
        Retries = 0,
        RetryDelay = TimeSpan.Zero,
    };
}
