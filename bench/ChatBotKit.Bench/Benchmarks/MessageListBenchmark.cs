using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>The first page of a conversation's messages, which every opened chat requests.</summary>
internal sealed class MessageListBenchmark : IBenchmark
{
    private const int Messages = 100;
    private const int Take = 25;

    public string Name => "message-list";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await using var servers = await StoringServers.StartAsync(context, cancellationToken);
        var conversations = await Servers.CreateConversationsAsync(servers.Ours, 64, "extractive", cancellationToken);
        await FillAsync(servers.Ours, conversations, cancellationToken);
        await FillAsync(servers.Floor, conversations, cancellationToken);
        foreach (var connections in new[] { 16, 64 })
        {
            var requests = conversations.Take(connections).Select(id => Request(id, Take)).ToList();
            await Rounds.RunAsync(context, $"{Name} of {Take}, {connections} connections",
            [
                new("floor", token => LoadGenerator.RunAsync(servers.Floor, requests, context.Options.LoadDuration, token)),
                new("plain", token => LoadGenerator.RunAsync(servers.Ours, requests, context.Options.LoadDuration, token))
                {
                    Targets = [Target.AtLeast("requests", 0.5)],
                },
            ], cancellationToken);
        }
    }

    public static RequestTemplate Request(string conversationId, int take) =>
        RequestTemplate.Get($"/api/v1/conversation/{conversationId}/message/list?take={take}");

    private static Task FillAsync(ServerProcess server, IReadOnlyList<string> conversations, CancellationToken cancellationToken) =>
        RawConnection.RepeatAsync(server.Address, conversations.Select(id => MessageCreateBenchmark.Request(id)), Messages, cancellationToken);
}
