using System.Diagnostics;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>Size and start of the command-line program, compiled ahead of time, compared with a program that does nothing.</summary>
internal sealed class CliBenchmark : IBenchmark
{
    public string Name => "cli";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        if (context.Options is not { CliPath: { } cli, EmptyPath: { } empty })
        {
            context.Report.Skip(Name, "`--cbk <file>` and `--empty <file>` name the programs to compare");
            return;
        }

        var starts = context.Options.IsQuick ? 5 : 20;
        foreach (var option in new[] { "--help", "--version" })
        {
            await Rounds.RunAsync(context, $"{Name}, {option}",
            [
                new("empty program", token => MeasureAsync(empty, option, starts, token)),
                new("cbk", token => MeasureAsync(cli, option, starts, token)),
            ], cancellationToken);
        }
    }

    private static async Task<Sample> MeasureAsync(string program, string option, int starts, CancellationToken cancellationToken)
    {
        var ticks = new long[starts];
        var errors = 0;
        for (var i = 0; i < starts; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var process = Process.Start(new ProcessStartInfo(program, [option]) { RedirectStandardOutput = true })!;
            var printed = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            ticks[i] = Stopwatch.GetTimestamp() - start;
            errors += process.ExitCode == 0 && printed.Length > 0 ? 0 : 1;
        }

        return new Sample(
            [new("start to end p50", "ms", new Latencies(ticks).Milliseconds(50)), new("size", "MB", new FileInfo(program).Length / 1e6)],
            errors);
    }
}
