using ChatBotKit.Testing;

namespace ChatBotKit.Tests.Http;

/// <summary>Bodies that the server refuses, and streams of the caller that fail while they are sent.</summary>
public sealed class SentBodyTests
{
    private const string TooLarge = """{"message":"The request body is too large","code":"CONTENT_TOO_LARGE"}""";

    [Fact]
    public async Task Body_ThatIsRefusedUnread_IsTooLarge_AndNotALostConnection()
    {
        await using var server = new WireServer(exchange => exchange.WriteAsync(
            $"HTTP/1.1 413 X\r\nContent-Type: application/json\r\nContent-Length: {TooLarge.Length}\r\nConnection: close\r\n\r\n{TooLarge}"));

        for (var i = 0; i < 5; i++)
        {
            var failure = await Assert.ThrowsAsync<ChatBotKitException>(
                async () => await Api(server).Conversation.CompleteAsync("c1", new ConversationCompleteMessageRequest { Text = new string('x', 5_000_000) }, Clients.Token));

            Assert.Equal((ErrorCodes.ContentTooLarge, false), (failure.Code, failure.IsTransient));
        }
    }

    [Fact]
    public async Task Body_ThatAProxyDoesNotLetWait_IsSentAtOnce()
    {
        await using var server = new WireServer(WireServer.Answer("HTTP/1.1 417 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), WireServer.Answer(200, """{"id":"m1","text":"","entities":[],"usage":{"token":1}}"""));

        await Api(server).Conversation.SendAsync("c1", new ConversationSendMessageRequest { Text = new string('x', 500_000) }, Clients.Token);

        Assert.Equal(("100-continue", null), (server.Exchanges[0].Header("Expect"), server.Exchanges[1].Header("Expect")));
        Assert.True(server.Exchanges[1].BodySize > 500_000);
    }

    [Fact]
    public async Task SmallBody_DoesNotWait()
    {
        await using var server = new WireServer(WireServer.Answer(200, """{"id":"c1"}"""));

        await Api(server).Conversation.DeleteAsync("c1", Clients.Token);

        Assert.Null(server.Exchanges[0].Header("Expect"));
    }

    [Fact]
    public async Task StreamOfTheCaller_ThatFails_TellsItsOwnFailure()
    {
        await using var server = WireServer.ForUpload(WireServer.Answer(200, ""));
        var failing = new IOException("The disk is gone.");
        using var content = new PacedStream(1024, () => throw failing);

        Assert.Same(failing, await Assert.ThrowsAsync<IOException>(() => PutAsync(server, content, 1024)));
    }

    [Fact]
    public async Task StreamOfTheCaller_ThatIsClosed_TellsItsOwnFailure()
    {
        await using var server = WireServer.ForUpload(WireServer.Answer(200, ""));
        var content = new MemoryStream(new byte[10]);
        content.Close();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => PutAsync(server, content, 10));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    public async Task StreamOfAnotherSizeThanAnnounced_IsAMistakeOfTheProgram(int size)
    {
        await using var server = WireServer.ForUpload(WireServer.Answer(200, ""));
        using var content = new PacedStream(10, static () => { });

        var mistake = await Assert.ThrowsAsync<ArgumentException>(() => PutAsync(server, content, size));

        Assert.Contains($"{size} announced bytes", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "PUT")]
    [InlineData("http://[", "PUT")]
    [InlineData("http://localhost/put", "PUT /x")]
    public async Task Address_OfNoUse_IsAnInvalidAnswer(string url, string method)
    {
        var handler = new ScriptedHandler().Answer(WireServer.Announced(url, method));
        using var content = new MemoryStream(new byte[10]);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Clients.Api(handler).Conversation.Attachment.UploadAsync(
            "c1", content, new AttachmentFileDescription { Type = "text/plain", Size = 10 }, cancellationToken: Clients.Token));

        Assert.Equal(ClientErrorCodes.InvalidResponse, failure.Code);
    }

    private static Task<AttachmentUploadResponse> PutAsync(WireServer server, Stream content, long size) => Api(server).Conversation.Attachment.UploadAsync(
        "c1", content, new AttachmentFileDescription { Type = "text/plain", Size = size }, cancellationToken: Clients.Token);

    private static ChatBotKitApi Api(WireServer server) =>
        new(new ChatBotKitClientOptions { Secret = Clients.Secret, BaseUrl = server.Address, RetryDelay = TimeSpan.Zero });
}
