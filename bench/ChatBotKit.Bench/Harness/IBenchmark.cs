namespace ChatBotKit.Bench.Harness;

/// <summary>Something of ours that is measured beside its floor.</summary>
internal interface IBenchmark
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    Task RunAsync(BenchContext context, CancellationToken cancellationToken);
}

/// <summary>What a benchmark is given.</summary>
internal sealed record BenchContext(BenchOptions Options, Report Report);
