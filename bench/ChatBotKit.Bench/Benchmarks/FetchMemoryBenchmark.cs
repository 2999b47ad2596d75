using System.Net;
using ChatBotKit.Bench.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// The memory of abilities that fetch at the same time. Each gets 500 KB of JSON, which is near the limit; the source answers when all
/// requests have arrived.
/// </summary>
internal sealed class FetchMemoryBenchmark : IBenchmark
{
    private const int AtOnce = 100;
    private const int AnswerBytes = 500_000;

    private static readonly TimeSpan SampledEvery = TimeSpan.FromMilliseconds(5);

    private static readonly byte[] Answer = [.. "{\"text\":\""u8, .. Enumerable.Repeat((byte)'x', AnswerBytes - 11), .. "\"}"u8];

    public string Name => "fetch-memory";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await using var source = new Source();
        await source.StartAsync(cancellationToken);
        await Rounds.RunAsync(context with { Options = context.Options with { WarmUps = 0 } }, $"{Name}, {AnswerBytes / 1000} KB each",
        [
            new("1 call", token => MeasureAsync(context, source, 1, token)) { IsFloor = true },
            new($"{AtOnce} calls at once", token => MeasureAsync(context, source, AtOnce, token)) { Targets = [Target.NoMoreThan("memory at its peak", 400)] },
        ], cancellationToken);
    }

    /// <summary>Measures in a new process, because the memory of a process does not shrink after it has grown once.</summary>
    private static async Task<Sample> MeasureAsync(BenchContext context, Source source, int count, CancellationToken cancellationToken)
    {
        using var data = new TempDirectory();
        await using var ours = await Servers.StartOursAsync(
            context.Options, data, modelUrl: null, cancellationToken, new Dictionary<string, string> { ["CHATBOTKIT_ALLOW_PRIVATE_URLS"] = "true" });
        var api = Servers.ApiOf(ours);
        var skillset = (await api.Skillset.CreateAsync(new SkillsetCreateRequest { Name = "Tools" }, cancellationToken)).Id;
        var ability = (await api.Skillset.Ability.CreateAsync(
            skillset, new AbilityCreateRequest { Name = "page", Instruction = $"```fetch\nurl: {source.Url}\noptions: {{timeout: 60000}}\n```" }, cancellationToken)).Id;
        await CallAsync(1);
        await Task.Delay(context.Options.Settling, cancellationToken);
        var (before, peak) = (ours.WorkingSet, 0L);
        var calls = CallAsync(count);
        while (!calls.IsCompleted)
        {
            peak = Math.Max(peak, ours.WorkingSet);
            await Task.Delay(SampledEvery, cancellationToken);
        }

        var errors = await calls;
        return new Sample(
            [new("memory at its peak", "MB", peak / 1e6), new("memory per call at its peak", "kB", (peak - before) / 1e3 / count)], errors);

        async Task<int> CallAsync(int parallel)
        {
            source.Expect(parallel);
            var answers = await Task.WhenAll(Enumerable.Range(0, parallel).Select(async _ =>
                await api.Skillset.Ability.ExecuteAsync(skillset, ability, new AbilityExecuteRequest(), cancellationToken: cancellationToken)));
            return answers.Count(answer => answer.Error is not null);
        }
    }

    /// <summary>A web server that answers when the expected number of requests has arrived.</summary>
    private sealed class Source : IAsyncDisposable
    {
        private WebApplication? _app;
        private TaskCompletionSource _all = new();
        private int _open;

        public string Url => $"{_app!.Urls.Single()}/page";

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            _app = builder.Build();
            _app.MapGet("/page", AnswerAsync);
            await _app.StartAsync(cancellationToken);
        }

        public void Expect(int count) => (_all, _open) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), count);

        public ValueTask DisposeAsync() => _app!.DisposeAsync();

        private async Task AnswerAsync(HttpContext context)
        {
            if (Interlocked.Decrement(ref _open) == 0)
                _all.TrySetResult();
            await _all.Task.WaitAsync(context.RequestAborted);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Answer.Length;
            await context.Response.Body.WriteAsync(Answer, context.RequestAborted);
        }
    }
}
