using ChatBotKit.Bench;
using ChatBotKit.Bench.Benchmarks;
using ChatBotKit.Bench.Harness;

IBenchmark[] all =
[
    new JsonLinesBenchmark(),
    new SdkCallBenchmark(),
    new SdkReadBenchmark(),
    new CliBenchmark(),
    new MessageCreateBenchmark(),
    new EventLogBenchmark(),
    new SessionCreateBenchmark(),
    new SessionCheckBenchmark(),
    new SessionRevokeBenchmark(),
    new ConversationCreateBenchmark(),
    new MessageListBenchmark(),
    new BotListBenchmark(),
    new GraphQlListBenchmark(),
    new BotUpdateBenchmark(),
    new BotFilterBenchmark(),
    new ReportBenchmark(),
    new CompleteBenchmark(),
    new ToolEchoBenchmark(),
    new FetchMemoryBenchmark(),
    new PacedCompleteBenchmark(),
    new PostgresAppendBenchmark(),
    new PostgresCompleteBenchmark(),
    new MigrateBenchmark(),
    new DueWorkBenchmark(),
    new TaskScheduleBenchmark(),
    new StartBenchmark(),
    new ConsoleBenchmark(),
    new OpenStreamsBenchmark(),
    new CurvesBenchmark(),
    new MastraBenchmark(),
    new RetrievalBenchmark(),
    new EmbeddedRetrievalBenchmark(),
    new KnowledgeSearchBenchmark(),
    new VectorSearchBenchmark(),
    new PdfTextBenchmark(),
    new HostileFilesBenchmark(),
    new PrivacyBenchmark(),
];

if (BenchOptions.Parse(args, all.Select(one => one.Name)) is not { } options)
{
    Console.Error.WriteLine($"Usage: [{string.Join(" | ", all.Select(one => one.Name))}]… [<folder of texts or PDF files>]… [--quick] [--rounds <number>] [--server <dll>] [--cbk <file>] [--empty <file>]");
    return 2;
}

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The started processes must be ended before this one.
    pressed.Cancel = true;
    stopping.Cancel();
};

var report = new Report();
var failed = false;
foreach (var benchmark in all.Where(one => options.Names.Count == 0 || options.Names.Contains(one.Name)))
{
    try
    {
        await benchmark.RunAsync(new BenchContext(options, report), stopping.Token);
    }
    catch (OperationCanceledException) when (stopping.IsCancellationRequested)
    {
        break;
    }
    catch (Exception exception)
    {
        failed = true;
        Console.Error.WriteLine($"{benchmark.Name} failed: {exception}");
    }
}

report.Write(Console.Out, options);
return failed ? 1 : 0;
