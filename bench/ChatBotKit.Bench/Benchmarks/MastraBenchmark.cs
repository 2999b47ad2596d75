using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// Compares the server with a Mastra server that keeps its threads in a LibSQL file: the same work over HTTP, with the same model.
/// </summary>
internal sealed class MastraBenchmark : IBenchmark
{
    private const int Connections = 16;
    private const int Messages = 100;
    private const int Take = 25;

    public string Name => "mastra";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempDirectory();
        await using var model = await ModelUpstream.StartAsync(context.Options, cancellationToken);
        var (mastra, missing) = await MastraServer.StartAsync(data, model.BaseUrl, cancellationToken);
        if (mastra is null)
        {
            context.Report.Skip(Name, missing!);
            return;
        }

        await using var theirs = mastra;
        await using var ours = await Servers.StartOursAsync(context.Options, data, model.BaseUrl, cancellationToken);
        var threads = await MastraCalls.CreateThreadsAsync(theirs, Connections, cancellationToken);
        var conversations = await Servers.CreateConversationsAsync(ours, Connections, ModelUpstream.Fast, cancellationToken);
        await CompareAsync(context, "create", 6, theirs, ours, threads, conversations, MastraCalls.Create, _ => ConversationCreateBenchmark.Request(), cancellationToken);
        await CompareAsync(context, "append", 8, theirs, ours, threads, conversations, MastraCalls.Append, id => MessageCreateBenchmark.Request(id), cancellationToken);
        threads = await MastraCalls.CreateThreadsAsync(theirs, Connections, cancellationToken);
        conversations = await Servers.CreateConversationsAsync(ours, Connections, ModelUpstream.Fast, cancellationToken);
        await RawConnection.RepeatAsync(theirs.Address, threads.Select(MastraCalls.Append), Messages, cancellationToken);
        await RawConnection.RepeatAsync(ours.Address, conversations.Select(id => MessageCreateBenchmark.Request(id)), Messages, cancellationToken);
        await CompareAsync(context, $"list of {Take}", 8, theirs, ours, threads, conversations, id => MastraCalls.List(id, Take), id => MessageListBenchmark.Request(id, Take), cancellationToken);
        await CompareStreamsAsync(context, theirs, ours, cancellationToken);
    }

    private async Task CompareAsync(
        BenchContext context, string work, double ratio, ServerProcess theirs, ServerProcess ours, IReadOnlyList<string> threads,
        IReadOnlyList<string> conversations, Func<string, RequestTemplate> toTheirs, Func<string, RequestTemplate> toOurs,
        CancellationToken cancellationToken) => await Rounds.RunAsync(context, $"{Name}, {work}, {Connections} connections",
        [
            new("Mastra", token => LoadGenerator.RunAsync(theirs, [.. threads.Select(toTheirs)], context.Options.LoadDuration, token)),
            new("ours", token => LoadGenerator.RunAsync(ours, [.. conversations.Select(toOurs)], context.Options.LoadDuration, token))
            {
                Targets = [Target.AtLeast("requests", ratio)],
            },
        ], cancellationToken);

    private async Task CompareStreamsAsync(BenchContext context, ServerProcess theirs, ServerProcess ours, CancellationToken cancellationToken)
    {
        using var toTheirs = new StreamLoad(theirs, Connections);
        using var toOurs = new StreamLoad(ours, Connections);
        var calls = context.Options.IsQuick ? Connections : 4 * Connections;
        await Rounds.RunAsync(context, $"{Name}, stored stream, {Connections} streams",
        [
            new("Mastra", async token => await toTheirs.RunAsync(
                (await MastraCalls.CreateThreadsAsync(theirs, calls, token)).Select(MastraCalls.Stream), ModelUpstream.FastTokens, isTimed: false, token)),
            new("ours", async token => await toOurs.RunAsync(
                await StreamCalls.StatefulAsync(ours, ModelUpstream.Fast, calls, token), ModelUpstream.FastTokens, isTimed: false, token))
            {
                Targets = [Target.AtLeast("tokens", 30)],
            },
        ], cancellationToken);
    }
}
