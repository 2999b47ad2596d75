using System.Diagnostics;
using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

public sealed class CancellationTests
{
    private const string Start = """{"type":"token","data":{"type":"bot","token":"a"}}""" + "\n" + """{"type":"tok""";

    // Far above the expected 50 ms, so that a busy machine does not fail the test. Without the token the call would never end.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Call_CancelledWhileHeadersAreAwaited_Ends() =>
        await AssertEndsAsync(new ScriptedHandler().Hang(), (api, token) => api.Conversation.FetchAsync("c1", token));

    [Fact]
    public async Task Call_CancelledWhileItsBodyIsRead_Ends() =>
        await AssertEndsAsync(
            new ScriptedHandler().Stream(ScriptedStream.Silent("""{"id":"c""")),
            (api, token) => api.Conversation.FetchAsync("c1", token));

    [Fact]
    public async Task Stream_CancelledByTheTokenOfTheCall_Ends() =>
        await AssertEndsAsync(
            new ScriptedHandler().Stream(ScriptedStream.Silent(Start), headers: ("X-Run-Id", "r1")),
            (api, token) => api.Conversation.ReceiveAsync("c1", cancellationToken: token).ToListAsync());

    [Fact]
    public async Task Stream_CancelledByTheTokenOfItsEnumeration_Ends() =>
        await AssertEndsAsync(
            new ScriptedHandler().Stream(ScriptedStream.Silent(Start)),
            async (api, token) =>
            {
                await foreach (var _ in api.Conversation.ReceiveAsync("c1", cancellationToken: CancellationToken.None).WithCancellation(token))
                {
                }
            });

    [Fact]
    public async Task Call_CancelledBetweenTries_Ends() =>
        await AssertEndsAsync(
            new ScriptedHandler().Answer("", 503, headers: ("Retry-After", "50")),
            (api, token) => api.Conversation.FetchAsync("c1", token));

    [Fact]
    public async Task Stream_CancelledBetweenTwoEventsOfOneRead_GivesNoMore()
    {
        using var cancellation = new CancellationTokenSource();
        var line = """{"type":"token","data":{"type":"bot","token":"a"}}""" + "\n";
        await using var events = Clients.Api(new ScriptedHandler().Lines(line + line))
            .Conversation.ReceiveAsync("c1", cancellationToken: cancellation.Token).GetAsyncEnumerator(Clients.Token);
        Assert.True(await events.MoveNextAsync());

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await events.MoveNextAsync());
    }

    private static async Task AssertEndsAsync(ScriptedHandler handler, Func<ChatBotKitApi, CancellationToken, Task> call)
    {
        using var cancellation = new CancellationTokenSource();
        var running = call(Clients.Api(handler), cancellation.Token);
        Assert.False(running.IsCompleted);

        var watch = Stopwatch.StartNew();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Soon, Clients.Token));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Soon);
    }
}
