using ChatBotKit.Faults.Upstream;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Faults.Load;

/// <summary>State that the server keeps for an operation is released when the operation has ended, however it ended.</summary>
public sealed class ReleaseTests
{
    private const int Conversations = 40;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_OfEveryFormAndEnd_LeaveNothingOpen()
    {
        await using var model = new FaultyUpstream();
        var (release, here, all) = (new TaskCompletionSource(), 0, new TaskCompletionSource());
        async Task PlayAsync(UpstreamExchange one)
        {
            await one.BeginAsync("Half");
            if (Interlocked.Increment(ref here) == Conversations)
                all.SetResult();
            await release.Task.WaitAsync(Token);
            // Every fourth run is interrupted.
            if (Interlocked.Increment(ref here) % 4 != 0)
                await one.SendAsync(UpstreamExchange.Finish + "data: [DONE]\n\n");
        }

        model.When("Talk", PlayAsync);
        // Something to compact.
        model.When("user: Hello", PlayAsync);
        await using var server = await UpstreamServer.StartAsync(model.BaseUrl);
        var runs = new List<Task>();
        for (var i = 0; i < Conversations; i++)
            runs.Add(TalkAsync(server, await server.AddConversationAsync(), i));
        await all.Task.WaitAsync(UpstreamServer.Patience, Token);
        var during = Counts(server.Services);
        release.SetResult();
        await Task.WhenAll(runs).WaitAsync(UpstreamServer.Patience, Token);

        Assert.All(during, count => Assert.InRange(count.Value, Conversations / 5, Conversations));
        // The last line of a run is read shortly before the run has released its state.
        using var limit = new CancellationTokenSource(UpstreamServer.Patience);
        while (Counts(server.Services).Any(count => count.Value > 0))
            await Task.Delay(10, limit.Token);
        Assert.Equal(0, model.TakeFailures());
    }

    private static Dictionary<string, int> Counts(IServiceProvider services) => new()
    {
        ["logs"] = services.GetRequiredService<LogDirectory>().Count,
        ["sessions with streams"] = services.GetRequiredService<SessionStreams>().Count,
        ["requests with a key"] = services.GetRequiredService<Idempotency>().Count,
        ["dispatched runs"] = services.GetRequiredService<StatelessRuns>().Count,
    };

    private static async Task TalkAsync(UpstreamServer server, string id, int number)
    {
        switch (number % 4)
        {
            case 0:
                await RunForms.StatelessDispatchAsync(server, "Talk");
                break;
            case 1:
                var session = await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{id}/session/create", "{}");
                using (var run = await server.Http.OpenAsync(
                    HttpMethod.Post, $"conversation/{id}/complete", """{"text":"Talk"}""", token: session.Text("token")))
                    await run.TextAsync();
                break;
            case 2:
                // Compaction is the only operation that holds a key until the model has answered.
                await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{id}/message/create", """{"type":"user","text":"Hello"}""");
                using (var summary = await server.Http.OpenAsync(HttpMethod.Post, $"conversation/{id}/compact", "{}", accept: null, key: $"key-{number}"))
                    await summary.TextAsync();
                break;
            default:
                await RunForms.StreamAsync(server, id, "Talk");
                break;
        }
    }
}
