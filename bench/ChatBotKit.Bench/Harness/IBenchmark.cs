namespace ChatBotKit.Bench.Harness;

/// <summary>A benchmark that compares an operation with its floor.</summary>
internal interface IBenchmark
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    Task RunAsync(BenchContext context, CancellationToken cancellationToken);
}

/// <summary>The context of a benchmark.</summary>
internal sealed record BenchContext(BenchOptions Options, Report Report);
