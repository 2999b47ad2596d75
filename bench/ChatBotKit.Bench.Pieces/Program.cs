using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ChatBotKit.Bench.Pieces;

// The benchmarks run in this process. The default toolchain would build a generated project, which is subject to the build rules of
// this repository.
var quick = args.Contains("--quick");
var job = (quick ? Job.Dry : Job.ShortRun.WithIterationCount(8)).WithToolchain(InProcessEmitToolchain.Instance);
BenchmarkSwitcher.FromAssembly(typeof(TokenBenchmarks).Assembly).Run(
    [.. args.Where(arg => arg != "--quick")],
    DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default).AddJob(job));
