using System.IO.Pipelines;
using System.Text;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.Server.Tests.RunLog;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Http;

public sealed class RunStreamResultTests
{
    private readonly GatedStore _store = new(isOpen: true);

    [Fact]
    public async Task Json_OfARunThatFailedBeforeAnybodyRead_IsUnavailable()
    {
        var error = await Assert.ThrowsAsync<ApiException>(() => ReadAsync(ResponseFormat.Json, after: 0));

        Assert.Equal("SERVICE_UNAVAILABLE", error.Code.Code);
    }

    [Theory]
    [InlineData("JsonLines", "{\"type\":\"error\",\"data\":{\"code\":\"SERVICE_UNAVAILABLE\"")]
    [InlineData("ServerSentEvents", "event: error\ndata: {\"code\":\"SERVICE_UNAVAILABLE\"")]
    public async Task Stream_OfARunThatFailedBeforeAnybodyRead_SaysSo(string format, string begin) =>
        Assert.StartsWith(begin, await ReadAsync(Enum.Parse<ResponseFormat>(format), after: 0), StringComparison.Ordinal);

    [Fact]
    public async Task Stream_ThatIsTakenUpAtItsEnd_IsEmpty() =>
        Assert.Equal("", await ReadAsync(ResponseFormat.JsonLines, after: 7));

    [Fact]
    public async Task Stream_ReaderStops_HoldsTheRunBack()
    {
        const int Pieces = 16;
        var token = TestContext.Current.CancellationToken;
        var log = new AppendLog("run", store: null, last: 0, TimeProvider.System);
        // A write to this body waits until the bytes of the one before are read.
        var body = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var context = new DefaultHttpContext { Response = { Body = body.Writer.AsStream() } };
        var answer = new RunStreamResult(log.CreateReader(0, TimeProvider.System, heartbeat: null), ResponseFormat.JsonLines, "run").ExecuteAsync(context);
        for (var i = 0; i < Pieces; i++)
        {
            log.AppendToken("token"u8, new string('x', LogWindow.MaxBytes));
            log.Flush();
        }

        var first = await body.Reader.ReadAsync(token);
        body.Reader.AdvanceTo(first.Buffer.Start);
        var room = log.WaitForRoomAsync(token);
        Assert.False(room.IsCompleted);

        using var lines = new StreamReader(body.Reader.AsStream());
        for (var i = 0; i < Pieces; i++)
            Assert.StartsWith("{\"type\":\"token\"", await lines.ReadLineAsync(token), StringComparison.Ordinal);
        log.Complete();
        await Task.WhenAll(room, answer).WaitAsync(EngineServer.Patience, token);
    }

    private async Task<string> ReadAsync(ResponseFormat format, long after)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        await new RunStreamResult(new LogReader(log: null, _store, "run", after, TimeProvider.System), format, "run").ExecuteAsync(context);
        return Encoding.UTF8.GetString(body.ToArray());
    }
}
