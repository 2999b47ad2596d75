using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.Security;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The checks of a session's limits before bytes are read, and the memory that is used while they are.</summary>
public sealed class UploadMemoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("image/png", 20_000_000)]
    [InlineData("application/json", 20_000_000)]
    [InlineData("multipart/form-data; boundary=b", 20_000_000)]
    public async Task Upload_ForWhichThereIsNoRoom_IsRefusedBeforeItsBytesCome(string type, int length)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var session = await server.Server.MintAsync(id, """{"limits":{"attachmentBytes":1}}""");

        Assert.Equal("HTTP/1.1 429 Too Many Requests", await AnnounceAsync(server, $"conversation/{id}/attachment/upload", session.Token, type, length));
    }

    [Fact]
    public async Task File_LargerThanTheServerTakes_IsRefusedBeforeItsBytesCome()
    {
        await using var server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_MAX_ATTACHMENT_BYTES"] = "1000" });
        var path = $"conversation/{await server.CreateConversationAsync()}/attachment/upload";

        Assert.StartsWith("HTTP/1.1 413 ", await AnnounceAsync(server, path, ServerFactory.OwnerSecret, "image/png", 1001), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DataUrl_ThatIsTooLargeForTheSession_IsRefusedWhileItComes()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var session = await server.Server.MintAsync(id, """{"limits":{"attachmentBytes":300000}}""");
        var body = $$"""{"file":"data:image/png;base64,{{Convert.ToBase64String(new byte[400_000])}}"}""";

        await session.Holder.AssertRefusedAsync("429 SESSION_ATTACHMENT_LIMIT", HttpMethod.Post, $"conversation/{id}/attachment/upload", body);

        Assert.Empty(await server.FilesAsync());
        Assert.Equal(0, (await session.RowAsync()).UsedAttachmentBytes);
    }

    [Fact]
    public async Task DataUrl_LargerThanOtherBodies_IsStored()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var bytes = new byte[6_000_000];
        new Random(1).NextBytes(bytes);
        var body = $$"""{"file":"data:image/png;base64,{{Convert.ToBase64String(bytes).Replace("/", "\\/", StringComparison.Ordinal)}}"}""";

        var answer = await server.PostAsync($"conversation/{id}/attachment/upload", body);

        using var client = new HttpClient();
        Assert.Equal(bytes, await client.ReadBytesAsync(answer.GetProperty("downloadRequest").Text("url")!));
        Assert.EndsWith(".png", answer.Text("name"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_ThatWasAnswered_IsAnsweredAgainWithoutRoom()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var session = await server.Server.MintAsync(id, """{"limits":{"attachmentBytes":1000}}""");
        using var first = new ByteArrayContent(new byte[900]);
        using var again = new ByteArrayContent(new byte[900]);
        using var other = new ByteArrayContent(new byte[900]);

        var answer = await session.Holder.UploadAsync(id, first, "image/png", key: "one");
        Assert.Equal(ApiJson.Id(answer), ApiJson.Id(await session.Holder.UploadAsync(id, again, "image/png", key: "one")));
        using var refused = await session.Holder.SendFileAsync(id, other, "image/png", key: "two");
        await refused.AssertRefusedAsync("429 SESSION_ATTACHMENT_LIMIT");
    }

    [Fact]
    public async Task Uploads_AtTheSameTime_NeverPassTheLimit()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var session = await server.Server.MintAsync(id, """{"limits":{"attachmentBytes":10000}}""");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => session.Holder.CodeAsync(
            HttpMethod.Post, $"conversation/{id}/attachment/upload", $$"""{"file":"data:image/png;base64,{{Convert.ToBase64String(new byte[3000])}}"}""")));

        Assert.Equal(3, answers.Count(answer => answer == "200"));
        Assert.Equal(9000, (await session.RowAsync()).UsedAttachmentBytes);
        Assert.Equal(3, (await server.FilesAsync()).Count);
    }

    [Fact]
    public async Task EmptyFiles_Count()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var session = await server.Server.MintAsync(id, """{"limits":{"attachmentBytes":1000}}""");
        var answers = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent([]), "file", "a.png" } };
            answers.Add(await session.Holder.CodeAsync(HttpMethod.Post, $"conversation/{id}/attachment/upload", form));
        }

        Assert.Equal(["200", "200", "200", "429 SESSION_ATTACHMENT_LIMIT", "429 SESSION_ATTACHMENT_LIMIT"], answers);
    }

    [Theory]
    [InlineData("""{"file":"data:image/png;base64,@"}""", "image/png")]
    [InlineData(""" { "file" : "DATA:image\/png;Base64,@" } """, "image/png")]
    [InlineData("""{"file":"data:;base64,@"}""", null)]
    [InlineData("""{"file":"data:text/plain;charset=utf-8;base64,@"}""", "text/plain;charset=utf-8")]
    public async Task DataUrl_InAnyPieces_IsDecoded(string body, string? type)
    {
        foreach (var text in (string[])["", "a", "ab", "abc", "abcd", new string('?', 50_000) + "~~"])
        {
            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
            var written = base64.Replace("/", "\\/", StringComparison.Ordinal).Replace("+", "\\u002b", StringComparison.Ordinal)
                .Replace("Pz8", "Pz\\n8", StringComparison.Ordinal);
            foreach (var piece in (int[])[1, 7, 4096, int.MaxValue])
            {
                var (decoded, told) = await DecodeAsync(body.Replace("@", written, StringComparison.Ordinal), piece);
                Assert.Equal((text, type), (decoded, told));
            }
        }
    }

    [Theory]
    [InlineData("""{"file":"data:image/png;base64,YQ"}""")]
    [InlineData("""{"file":"data:image/png;base64,Y?=="}""")]
    [InlineData("""{"file":"data:image/png;base64,YQ==YQ=="}""")]
    [InlineData("""{"file":"data:image/png;base64,YQ==""")]
    [InlineData("""{"file":"data:image/png;base64,YQ==\""")]
    [InlineData("""{"file":"data:image/png;base64,YQ==\u00"}""")]
    [InlineData("""{"file":"data:image/png;base64,YQ==\u00e9"}""")]
    [InlineData("""{"file":"data:image/png;base64,YQ==" """)]
    [InlineData("""{"file":"data:image/png;base64,YQ=="} {}""")]
    [InlineData("""{"file":"data:image/png;base64,YQ==","file":"x"}""")]
    public async Task DataUrl_ThatIsNoGoodJsonOrBase64_IsABadRequest(string body)
    {
        foreach (var piece in (int[])[1, int.MaxValue])
            Assert.Equal(ErrorCode.BadRequest, (await Assert.ThrowsAsync<ApiException>(() => DecodeAsync(body, piece))).Code);
    }

    [Fact]
    public void Bodies_BeyondWhatIsHeldAtATime_AreRefusedUntilOthersAreRead()
    {
        var gate = new BodyGate(new BodyOptions { MaxBodyBytes = 1_000_000, BodyMemoryBytes = 2_000_000 });
        using var first = gate.Enter(new DefaultHttpContext(), maxBytes: long.MaxValue);
        first.Grow(1_000_000);
        using var second = gate.Enter(new DefaultHttpContext(), maxBytes: long.MaxValue);
        second.Grow(500_000);
        second.Grow(900_000);
        using var third = gate.Enter(new DefaultHttpContext(), maxBytes: long.MaxValue);
        third.Grow(60_000);

        var refusal = Assert.Throws<ApiException>(() => third.Grow(200_000));
        first.Dispose();
        third.Grow(200_000);

        Assert.Equal((ErrorCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (refusal.Code, refusal.RetryAfter));
        second.Dispose();
        third.Dispose();
        Assert.Equal(0, gate.Held);
    }

    [Fact]
    public void Bodies_OfOneSession_HaveAShare_WhichOthersAreNotKeptFrom()
    {
        var gate = new BodyGate(new BodyOptions { MaxBodyBytes = 1_000_000, BodyMemoryBytes = 8_000_000 });
        using var first = gate.Enter(ContextOf("greedy"), maxBytes: long.MaxValue);
        first.Grow(1_500_000);
        using var second = gate.Enter(ContextOf("greedy"), maxBytes: long.MaxValue);
        second.Grow(500_000);

        var refusal = Assert.Throws<ApiException>(() => second.Grow(500_001));
        using var other = gate.Enter(ContextOf("other"), maxBytes: long.MaxValue);
        other.Grow(2_000_000);
        using var owner = gate.Enter(new DefaultHttpContext(), maxBytes: long.MaxValue);
        owner.Grow(4_000_000);
        first.Dispose();
        second.Grow(2_000_000);

        Assert.Equal(ErrorCode.ServiceUnavailable, refusal.Code);
        Assert.Equal(8_000_000, gate.Held);
    }

    [Fact]
    public async Task Body_WhileTooMuchIsBeingRead_Is503AndLeavesNothingBehind()
    {
        await using var server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_BODY_MEMORY_BYTES"] = "5000000" });
        var gate = server.Service<BodyGate>();
        using (var held = gate.Enter(new DefaultHttpContext(), maxBytes: long.MaxValue))
        {
            held.Grow(4_950_000);
            using var refused = await server.Owner.SendAsync(HttpMethod.Post, "conversation/create", $$"""{"backstory":"{{new string('x', 200_000)}}"}""");
            Assert.Equal(("503 SERVICE_UNAVAILABLE", "1"), (await refused.CodeAsync(), refused.Header("Retry-After")));
            await server.CreateConversationAsync();
        }

        await server.CreateConversationAsync($$"""{"backstory":"{{new string('x', 200_000)}}"}""");
        Assert.Equal(0, gate.Held);
    }

    [Fact]
    public async Task Body_AnnouncedAsLargerThanAllThatIsHeld_IsTooLarge()
    {
        await using var server = await FeatureServer.StartAsync();

        Assert.StartsWith(
            "HTTP/1.1 413 ",
            await AnnounceAsync(server, "conversation/create", ServerFactory.OwnerSecret, "application/json", 10_000_000_000), StringComparison.Ordinal);
    }

    private static DefaultHttpContext ContextOf(string sessionId)
    {
        var row = new SessionRow { Id = sessionId, AccountId = "a", ConversationId = "c", CreatedAt = 1, ExpiresAt = long.MaxValue, DurationInSeconds = 3600 };
        var context = new DefaultHttpContext();
        context.Features.Set(new Caller
        {
            AccountId = "a",
            ScopeId = sessionId,
            Session = new CallerSession(Session.Of(row, new SessionLimits()), Token: null!),
        });
        return context;
    }

    /// <summary>
    /// Returns the first line of the response to a request without its body. Only a server that does not wait for the body
    /// responds.
    /// </summary>
    private static async Task<string?> AnnounceAsync(FeatureServer server, string path, string token, string type, long length)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Server.Address.Port, Token);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
            + $"Content-Type: {type}\r\nContent-Length: {length}\r\n\r\n"), Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(Token);
    }

    private static async Task<(string Decoded, string? Type)> DecodeAsync(string body, int pieceLength)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var writing = Task.Run(async () =>
        {
            foreach (var piece in Encoding.UTF8.GetBytes(body).Chunk(pieceLength))
            {
                await pipe.Writer.WriteAsync(piece, Token);
                if (pieceLength == 1 && body.Length > 1000)
                    continue;
                await Task.Yield();
            }

            await pipe.Writer.CompleteAsync();
        }, Token);
        await using var stream = await DataUrlBody.TryOpenAsync(pipe.Reader, Token);
        Assert.NotNull(stream);
        using var decoded = new MemoryStream();
        await stream.CopyToAsync(decoded, Token);
        await writing;
        return (Encoding.UTF8.GetString(decoded.ToArray()), stream.ContentType);
    }
}
