using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.TestModels;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Features;

public sealed class LoadTests
{
    private const int Streams = 200;

    /// <summary>
    /// More characters than all buffers between the model and a reader hold, but not more than an answer may have. Each character
    /// takes six bytes as JSON.
    /// </summary>
    private static readonly string[] Pieces = [.. Enumerable.Repeat(new string('\u0001', 32 * 1024), 120)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Complete_TwoHundredAtOnce_LosesNoMessage()
    {
        await using var server = await EngineServer.StartAsync();
        var everybodyIsHere = new TaskCompletionSource();
        var here = 0;
        server.Model.Otherwise(_ =>
        {
            if (Interlocked.Increment(ref here) == Streams)
                everybodyIsHere.SetResult();
            return new ModelScript().Text("Hi").WaitFor(everybodyIsHere.Task).Text(" there");
        });
        var ids = new List<string>();
        for (var i = 0; i < Streams; i++)
            ids.Add(await server.AddConversationAsync());

        var runs = await Task.WhenAll(ids.Select(id => server.CompleteAsync(id, new { text = "Hello" })));

        foreach (var run in runs)
        {
            Assert.Equal("Hi there", run.Text);
            Assert.Equal(Enumerable.Range(1, run.Events.Count).Select(i => (long)i), run.Ids);
        }
        foreach (var id in ids)
            Assert.Equal(["Hello", "Hi there"], (await server.MessagesAsync(id)).Select(message => message.Text));
        Assert.Equal(0, server.Server.App.Services.GetRequiredService<LogDirectory>().Count);
    }

    [Fact]
    public async Task Complete_StatelessReaderStops_MissesNothing()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model
            .Answer(script => script.Text(Pieces).ToolCall("c1", "weather", "{}"))
            .Answer(script => script.Text("Done."));
        var request = new { messages = new[] { new { type = "user", text = "Talk" } }, functions = Functions.WithData("weather", 1) };
        using var response = await server.Http.OpenAsync(HttpMethod.Post, "/v1/conversation/complete", request);
        using var lines = await RunLines.OpenAsync(response);
        await lines.UntilAsync("token");
        await server.Model.NextRequestAsync(Token);

        var rest = new RunTranscript(null, await lines.RestAsync());
        Assert.Equal(string.Concat(Pieces.Skip(1)) + "Done.", rest.Said);
        Assert.Equal("Done.", rest.Text);
    }

    [Fact]
    public async Task Complete_StatefulReaderStops_RunEndsAndTheReaderMissesNothing()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.Text(Pieces));
        using var response = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Talk" });
        using var lines = await RunLines.OpenAsync(response);
        var seen = await lines.UntilAsync("token");

        var other = await server.FollowAsync(id, lines.RunId!, after: seen.Count);
        Assert.Equal("stop", other.EndReason);

        var rest = new RunTranscript(null, await lines.RestAsync());
        Assert.Equal(other.Ids, rest.Ids);
        Assert.Equal(Pieces.Length, rest.Data("token").Count + 1);
    }

    [Fact]
    public async Task Complete_StatelessReaderLeaves_EndsTheModelCall()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.Text("Hi").Silence());
        using (var response = await server.Http.OpenAsync(HttpMethod.Post, "/v1/conversation/complete", new { messages = new[] { new { type = "user", text = "Talk" } } }))
        using (var lines = await RunLines.OpenAsync(response))
            await lines.UntilAsync("token");
        var asked = await server.Model.NextRequestAsync(Token);
        await asked.WaitForDisconnectAsync(Token).WaitAsync(EngineServer.Patience, Token);
    }
}
