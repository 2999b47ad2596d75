using System.Text;
using ChatBotKit.Testing;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Tests;

public sealed class TaskSubscriptionTests
{
    private const string Begin = """{"type":"operationBegin","createdAt":1767225600000,"data":{"id":"o1","action":{"id":"a1","kind":"function"}}}""" + "\n";

    [Fact]
    public async Task Subscription_SilentForADay_GoesOn()
    {
        var clock = new FakeTimeProvider();
        var end = new TaskCompletionSource();
        var body = new ScriptedStream([Encoding.UTF8.GetBytes(Begin)], token => end.Task.WaitAsync(token));
        var client = new TaskClient(Clients.Options(new ScriptedHandler().Stream(body)) with { TimeProvider = clock });
        await using var events = client.SubscribeAsync("t1", cancellationToken: Clients.Token).GetAsyncEnumerator(Clients.Token);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1767225600000), events.Current.CreatedAt);

        var next = events.MoveNextAsync();
        clock.Advance(TimeSpan.FromDays(1));
        end.SetResult();

        Assert.False(await next);
    }

    [Fact]
    public async Task Subscription_WithAnError_GivesWhatCameBeforeAndThrows()
    {
        var handler = new ScriptedHandler().Lines(Begin + """{"type":"error","createdAt":1767225600001,"data":{"code":"NOT_FOUND","message":"Task not found"}}""");
        var events = new List<RunEvent>();

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            () => Clients.Api(handler).Task.SubscribeAsync("t1", cancellationToken: Clients.Token).ToListAsync(events));

        Assert.Equal(("operationBegin", ErrorCodes.NotFound), (Assert.Single(events).Type, failure.Code));
    }

    [Fact]
    public async Task Subscription_ThatIsCut_IsALostConnectionAndNotRepeated()
    {
        var handler = new ScriptedHandler().Stream(ScriptedStream.Broken(Begin));

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            () => Clients.Api(handler).Task.SubscribeAsync("t1", cancellationToken: Clients.Token).ToListAsync());

        Assert.Equal(ClientErrorCodes.ConnectionLost, failure.Code);
        Assert.Single(handler.Requests);
    }
}
