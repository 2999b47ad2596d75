using System.Diagnostics;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>Sends sequential requests over one connection, and returns the median of their times in microseconds.</summary>
internal sealed class CurveProbes(ServerProcess server, int requests)
{
    /// <summary>
    /// The number of messages of all conversations together. It limits how many long conversations there are, because creating them
    /// is slow.
    /// </summary>
    private const int MessagesInAll = 20_000;

    public ServerProcess Server => server;

    public int Requests => requests;

    /// <summary>Runs every kind of request, so that the code is fully optimized.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        var conversations = await CreateAsync(10, cancellationToken);
        for (var i = 0; i < 20; i++)
        {
            await CreateMessagesAsync(conversations, cancellationToken);
            await ListMessagesAsync(conversations, cancellationToken);
            await CompleteAsync(conversations, cancellationToken);
            await CreateConversationsAsync(cancellationToken);
        }
    }

    /// <summary>Creates conversations of this length that are all in memory.</summary>
    public async Task<IReadOnlyList<string>> CreateAsync(int length, CancellationToken cancellationToken)
    {
        var api = Servers.ApiOf(server);
        var ids = new List<string>();
        var message = new ConversationMessage { Type = MessageType.User, Text = "Which flowers last longest in a vase?" };
        var count = Math.Clamp(MessagesInAll / length, 1, requests);
        while (ids.Count < count)
        {
            var request = new ConversationCreateRequest
            {
                Model = ModelUpstream.Fast,
                Messages = length == 1 ? null : [.. Enumerable.Repeat(message, length - 1)],
            };
            ids.Add((await api.Conversation.CreateAsync(request, cancellationToken)).Id);
            // The last message loads the conversation into memory, as for one in use.
            await MeasureAsync([MessageCreateBenchmark.Request(ids[^1])], 1, cancellationToken);
        }

        return ids;
    }

    public Task<double> CreateMessagesAsync(IReadOnlyList<string> conversations, CancellationToken cancellationToken) =>
        MeasureAsync([.. conversations.Select(id => MessageCreateBenchmark.Request(id))], requests, cancellationToken);

    public Task<double> ListMessagesAsync(IReadOnlyList<string> conversations, CancellationToken cancellationToken) => MeasureAsync(
        [.. conversations.Select(id => RequestTemplate.Get($"/api/v1/conversation/{id}/message/list?take=25&order=desc"))], requests, cancellationToken);

    public Task<double> CreateConversationsAsync(CancellationToken cancellationToken) =>
        MeasureAsync([ConversationCreateBenchmark.Request()], requests, cancellationToken);

    public async Task<double> CompleteAsync(IReadOnlyList<string> conversations, CancellationToken cancellationToken)
    {
        using var load = new StreamLoad(server, 1);
        var calls = Enumerable.Range(0, requests).Select(i => StreamCalls.Stateful(conversations[i % conversations.Count]));
        var sample = await load.RunAsync(calls, ModelUpstream.FastTokens, isTimed: false, cancellationToken);
        return sample.Errors == 0
            ? sample.Metrics.Single(metric => metric.Name == "first token p50").Value * 1000
            : throw new InvalidOperationException($"{sample.Errors} answers were not as expected.");
    }

    private async Task<double> MeasureAsync(IReadOnlyList<RequestTemplate> templates, int count, CancellationToken cancellationToken)
    {
        using var connection = await RawConnection.ConnectAsync(server.Address, cancellationToken);
        var ticks = new List<long>(count);
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            if (await connection.SendAsync(templates[i % templates.Count].Next(), cancellationToken) != 200)
                throw new InvalidOperationException(connection.LastAnswer);
            ticks.Add(Stopwatch.GetTimestamp() - start);
        }

        return new Latencies(ticks).Milliseconds(50) * 1000;
    }
}
