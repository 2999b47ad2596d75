using System.Text;
using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

public sealed class StreamTests
{
    private const string Run =
        """
        {"type":"nop","data":{}}
        {"type":"completeBegin","data":{"instance":"in-1","iteration":"it-1"},"createdAt":1767225600004}
        {"type":"token","data":{"type":"bot","token":"Grüß "},"createdAt":1767225600005}
        {"type":"ping","data":{}}
        {"createdAt":1767225600006,"data":{"token":"Gott 👋","type":"bot"},"type":"token"}
        {"type":"holographicGesture","data":{"wave":1}}
        {"type":"result","data":{"text":"Grüß Gott 👋","usage":{"token":9},"end":{"reason":"stop"}}}

        """;

    private static readonly ConversationCompleteRequest Request = new() { Messages = [new ConversationMessage { Type = MessageType.User, Text = "Hello" }] };

    [Fact]
    public async Task Stream_SplitAnywhere_GivesTheSameEvents()
    {
        var bytes = Encoding.UTF8.GetBytes(Run);
        for (var split = 1; split < bytes.Length; split++)
            AssertWhole(await ReadAsync([bytes.AsMemory(0, split), bytes.AsMemory(split)]));
    }

    [Fact]
    public async Task Stream_ByteByByte_GivesTheSameEvents()
    {
        var bytes = Encoding.UTF8.GetBytes(Run);
        AssertWhole(await ReadAsync(Enumerable.Range(0, bytes.Length).Select(index => (ReadOnlyMemory<byte>)bytes.AsMemory(index, 1))));
    }

    [Fact]
    public async Task Stream_WithCarriageReturnsAndBlankLines_GivesTheSameEvents() =>
        AssertWhole(await ReadAsync([Encoding.UTF8.GetBytes(Run.Replace("\n", "\r\n \r\n\n", StringComparison.Ordinal))]));

    [Fact]
    public async Task Stream_WithoutLastLineFeed_GivesTheLastEvent() =>
        AssertWhole(await ReadAsync([Encoding.UTF8.GetBytes(Run.TrimEnd('\n'))]));

    [Theory]
    [InlineData("{\"type\":\"token\",")]
    [InlineData("<html>")]
    [InlineData("{\"data\":{}}")]
    [InlineData("{\"type\":5}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"type\":\"token\",\"data\":{\"type\":\"bot\",\"token\":\"x\"}} trailing")]
    [InlineData("{\"type\":\"token\",\"data\":{\"type\":\"bot\",\"token\":7}}")]
    public async Task Stream_WithABadLine_DeliversTheGoodOnesBefore(string bad)
    {
        var (events, failure) = await ReadFailingAsync($$$"""
            {"type":"token","data":{"type":"bot","token":"a"}}
            {"type":"token","data":{"type":"bot","token":"b"}}
            {{{bad}}}
            {"type":"token","data":{"type":"bot","token":"never"}}

            """);

        Assert.Equal(["a", "b"], events.OfType<TokenEvent>().Select(item => item.Token));
        Assert.Equal(ClientErrorCodes.InvalidResponse, failure.Code);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task Stream_CutInTheMiddleOfALine_IsALostConnection()
    {
        var (events, failure) = await ReadFailingAsync("""
            {"type":"token","data":{"type":"bot","token":"a"}}
            {"type":"token","data":{"ty
            """);

        Assert.Single(events);
        Assert.Equal(ClientErrorCodes.ConnectionLost, failure.Code);
        Assert.True(failure.IsTransient);
    }

    [Theory]
    [InlineData("""{"type":"error","data":{"code":"NO_SUBSCRIPTION","message":"Not in your plan"}}""", "NO_SUBSCRIPTION", "Not in your plan")]
    [InlineData("""{"type":"error","data":{"message":"limits"}}""", ErrorCodes.GenericError, "limits")]
    [InlineData("""{"type":"error"}""", ErrorCodes.GenericError, "The server reported an error without a message.")]
    [InlineData("""{"message":"Too late","code":"TIMEOUT"}""", ErrorCodes.Timeout, "Too late")]
    public async Task Stream_WithAnErrorLine_ThrowsItAfterTheEventsBefore(string line, string code, string message)
    {
        var (events, failure) = await ReadFailingAsync($$$"""
            {"type":"token","data":{"type":"bot","token":"a"}}
            {{{line}}}
            """);

        Assert.Single(events);
        Assert.Equal(code, failure.Code);
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WithABadItem_DeliversTheGoodOnesBefore()
    {
        var handler = new ScriptedHandler().Lines("""
            {"type":"item","data":{"id":"c1"}}
            {"type":"later","data":1}
            {"type":"item","data":{"id":7}}
            """);
        var items = new List<ConversationItem>();

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Clients.Api(handler).Conversation.ListAsync(cancellationToken: Clients.Token).ToListAsync(items));

        Assert.Equal("c1", Assert.Single(items).Id);
        Assert.Equal(ClientErrorCodes.ConnectionLost, failure.Code);
    }

    [Fact]
    public async Task Stream_LineOfAMegabyteInSmallPieces_IsRead()
    {
        var text = new string('x', 1_000_000);
        var bytes = Encoding.UTF8.GetBytes($$$"""{"type":"token","data":{"type":"bot","token":"{{{text}}}"}}""" + "\n");

        var events = await ReadAsync(bytes.Chunk(100).Select(piece => new ReadOnlyMemory<byte>(piece)));

        Assert.Equal(text, Assert.IsType<TokenEvent>(Assert.Single(events)).Token);
    }

    [Fact]
    public async Task Stream_LineWithoutEnd_IsRefusedBeforeItFillsTheMemory()
    {
        var piece = new byte[1024 * 1024];
        Array.Fill(piece, (byte)' ');
        var handler = new ScriptedHandler().Stream(new ScriptedStream(Enumerable.Repeat<ReadOnlyMemory<byte>>(piece, 40)));

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Clients.Api(handler).Conversation.CompleteAsync(Request, Clients.Token).ToListAsync());

        Assert.Equal(ClientErrorCodes.InvalidResponse, failure.Code);
    }

    [Fact]
    public async Task Stream_LeftEarly_ClosesItsConnection()
    {
        var body = ScriptedStream.Silent(Run);

        await foreach (var _ in Clients.Api(new ScriptedHandler().Stream(body)).Conversation.CompleteAsync(Request, Clients.Token))
            break;

        Assert.True(body.IsDisposed);
    }

    [Fact]
    public async Task Stream_EnumeratedTwice_IsRefused()
    {
        var call = Clients.Api(new ScriptedHandler().Lines(Run)).Conversation.CompleteAsync(Request, Clients.Token);
        await call.ToListAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => call.ToListAsync());
    }

    [Fact]
    public async Task Call_NotUsed_SendsNothing_AndAwaitedTwice_SendsOnce()
    {
        var handler = new ScriptedHandler().Answer("""{"text":"Hi","usage":{"token":1},"end":{"reason":"stop"}}""");
        var call = Clients.Api(handler).Conversation.CompleteAsync(Request, Clients.Token);
        Assert.Empty(handler.Requests);

        var first = await call;
        var second = await call;

        Assert.Same(first, second);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Token_InAStream_AllocatesItselfAndItsTextOnly()
    {
        const int Count = 20_000;
        var line = Encoding.UTF8.GetBytes("""{"type":"token","data":{"type":"bot","token":"word"},"id":7,"createdAt":1767225600005}""" + "\n");
        var bytes = Enumerable.Repeat(line, Count).SelectMany(piece => piece).ToArray();

        await CountAsync(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = await CountAsync(bytes);
        var perToken = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Count;

        Assert.Equal(Count, count);
        // An event of 56 bytes and a string of 32. The rest is the share of buffers and of unoptimized code.
        Assert.InRange(perToken, 56, 120);
    }

    private static async Task<int> CountAsync(byte[] bytes)
    {
        using var source = new LineSource(new HttpResponseMessage(), new MemoryStream(bytes), default);
        var count = 0;
        await foreach (var item in JsonLines.ReadAsync(source, RunEventLines.Instance, new IdleWatch(TimeSpan.FromMinutes(1), TimeProvider.System), Clients.Token))
            count += item is TokenEvent ? 1 : 0;
        return count;
    }

    private static Task<List<RunEvent>> ReadAsync(IEnumerable<ReadOnlyMemory<byte>> pieces) =>
        Clients.Api(new ScriptedHandler().Stream(new ScriptedStream(pieces))).Conversation.CompleteAsync(Request, Clients.Token).ToListAsync();

    private static async Task<(List<RunEvent> Events, ChatBotKitException Failure)> ReadFailingAsync(string lines)
    {
        var events = new List<RunEvent>();
        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            () => Clients.Api(new ScriptedHandler().Lines(lines)).Conversation.CompleteAsync(Request, Clients.Token).ToListAsync(events));
        return (events, failure);
    }

    private static void AssertWhole(List<RunEvent> events)
    {
        Assert.Equal(["completeBegin", "token", "token", "holographicGesture", "result"], events.Select(item => item.Type));
        Assert.Equal("Grüß Gott 👋", string.Concat(events.OfType<TokenEvent>().Select(item => item.Token)));
        Assert.Equal(EndReason.Stop, Assert.IsType<ResultEvent>(events[^1]).Data.End!.Reason);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1767225600006), events[2].CreatedAt);
    }
}
