using ChatBotKit.Server.Data;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Runs of different conversations that write to the same channel.</summary>
public sealed class SharedChannelTests
{
    private const string Channel = "0123456789abcdef0123456789abcdef";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The last messages of the deleted conversation can't be stored. That must not end the run of the other one.</summary>
    [Fact]
    public async Task Deletion_OfAConversation_EndsItsRunAlone()
    {
        await using var server = await EngineServer.StartAsync();
        var gate = new TaskCompletionSource();
        server.Model.Otherwise(_ => new ModelScript().Text("Half ").WaitFor(gate.Task).Text("done."));
        var (deleted, kept) = (await server.AddConversationAsync(), await server.AddConversationAsync());
        foreach (var conversation in new[] { deleted, kept })
        {
            await server.Http.ReadAsync(
                HttpMethod.Post, $"conversation/{conversation}/dispatch", new { text = "Hello", channelId = Channel });
        }

        await Eventually.IsAsync(async () => (await TypesAsync(server)).Count(type => type == "token") == 2);
        await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{deleted}/delete", new { });

        // Subscribers see that the run of the deleted conversation has ended.
        await Eventually.IsAsync(async () => (await TypesAsync(server)).Contains("result"));
        Assert.Equal(["abort", "receiveResult", "result"], (await TypesAsync(server)).TakeLast(3));
        await server.PublishAsync(Channel, new { text = "between" });
        gate.SetResult();

        await Eventually.IsAsync(async () => (await TypesAsync(server)).Count(type => type == "result") == 2);
        Assert.Equal("stop", (await server.Server.Store.SingleAsync(RunTable.Rows)).EndReason);
        Assert.Equal(["Hello", "Half done."], (await server.MessagesAsync(kept)).Select(message => message.Text));
        Assert.DoesNotContain("error", await TypesAsync(server));
    }

    /// <summary>Returns the types of the lines of the channel, which follow one another without a gap.</summary>
    private static async Task<List<string>> TypesAsync(EngineServer server)
    {
        var runs = await server.Server.Store.ListAsync(RunTable.Rows);
        var (types, next) = (new List<string>(), 1L);
        foreach (var batch in await server.Server.Store.ReadLogAsync(runs[0].LogId, after: 0, int.MaxValue, Token))
        {
            Assert.Equal(next, batch.First);
            next = batch.Last + 1;
            types.AddRange(LogLines.Split(batch.Lines).Select(line => System.Text.Encoding.UTF8.GetString(LogLines.TypeOf(line.Span))));
        }

        return types;
    }
}
