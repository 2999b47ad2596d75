using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// The cost at growing sizes: of messages in the conversation, of conversations, and of open streams. Requests are sequential on an
/// otherwise idle machine; each number is a median.
/// </summary>
internal sealed class CurvesBenchmark : IBenchmark
{
    private static readonly int[] Sizes = [1, 10, 100, 1_000, 10_000];

    public string Name => "curves";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var options = context.Options;
        var sizes = options.IsQuick ? Sizes[..3] : Sizes;
        using var data = new TempDirectory();
        await using var model = await ModelUpstream.StartAsync(options, cancellationToken);
        await using var ours = await Servers.StartOursAsync(options, data, model.BaseUrl, cancellationToken);
        var probes = new CurveProbes(ours, requests: options.IsQuick ? 10 : 100);
        await probes.WarmUpAsync(cancellationToken);
        context.Report.AddCurves("by the length of the conversation", sizes, await ByLengthAsync(options, probes, sizes, cancellationToken));
        context.Report.AddCurves("by the number of conversations", sizes, await ByCountAsync(options, probes, sizes, cancellationToken));
        context.Report.AddCurves("by the number of open streams", sizes, await ByStreamsAsync(options, probes, sizes, cancellationToken));
    }

    private static async Task<IReadOnlyList<Curve>> ByLengthAsync(
        BenchOptions options, CurveProbes probes, int[] sizes, CancellationToken cancellationToken)
    {
        Curve[] curves = [new("message create", "µs", sizes), new("message list, the last 25", "µs", sizes), new("complete, first token", "µs", sizes)];
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var i = 0; i < sizes.Length; i++)
            {
                var conversations = await probes.CreateAsync(sizes[i], cancellationToken);
                curves[0].Add(i, await probes.CreateMessagesAsync(conversations, cancellationToken));
                curves[1].Add(i, await probes.ListMessagesAsync(conversations, cancellationToken));
                curves[2].Add(i, await probes.CompleteAsync(conversations, cancellationToken));
            }
        }

        return curves;
    }

    private static async Task<IReadOnlyList<Curve>> ByCountAsync(
        BenchOptions options, CurveProbes probes, int[] sizes, CancellationToken cancellationToken)
    {
        Curve[] curves = [new("conversation create", "µs", sizes), new("message create in any of them", "µs", sizes)];
        var all = new List<string>();
        var random = new Random(20);
        for (var i = 0; i < sizes.Length; i++)
        {
            all.AddRange(await Servers.CreateConversationsAsync(probes.Server, sizes[i] - all.Count, ModelUpstream.Fast, cancellationToken));
            for (var round = 0; round < options.Rounds; round++)
            {
                curves[0].Add(i, await probes.CreateConversationsAsync(cancellationToken));
                curves[1].Add(i, await probes.CreateMessagesAsync([.. Enumerable.Range(0, probes.Requests).Select(_ => all[random.Next(all.Count)])], cancellationToken));
            }
        }

        return curves;
    }

    private static async Task<IReadOnlyList<Curve>> ByStreamsAsync(
        BenchOptions options, CurveProbes probes, int[] sizes, CancellationToken cancellationToken)
    {
        Curve[] curves = [new("message create while they are open", "µs", sizes)];
        using var load = new StreamLoad(probes.Server, 1);
        var conversation = await Servers.CreateConversationsAsync(probes.Server, 1, ModelUpstream.Fast, cancellationToken);
        var open = new List<OpenStreams>();
        try
        {
            var count = 0;
            for (var i = 0; i < sizes.Length && sizes[i] <= OpenFiles.MostStreams; i++)
            {
                open.Add(await OpenStreams.OpenAsync(
                    load, await StreamCalls.StatefulAsync(probes.Server, ModelUpstream.Held, sizes[i] - count, cancellationToken), cancellationToken));
                count = sizes[i];
                await Task.Delay(options.Settling, cancellationToken);
                for (var round = 0; round < options.Rounds; round++)
                    curves[0].Add(i, await probes.CreateMessagesAsync(conversation, cancellationToken));
            }
        }
        finally
        {
            foreach (var streams in open)
                await streams.DisposeAsync();
        }

        return curves;
    }
}
