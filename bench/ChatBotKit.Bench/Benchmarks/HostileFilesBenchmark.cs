using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Server.Tests.Knowledge;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// Measures a server that imports hostile files into a dataset: how long each takes, by how much the memory of the server grows meanwhile, and
/// how large the process becomes that reads the file. Linux only, because the memory of processes is read from <c>/proc</c>.
/// </summary>
internal sealed class HostileFilesBenchmark : IBenchmark
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public string Name => "hostile-files";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            context.Report.Skip(Name, "the memory of processes is read from /proc");
            return;
        }

        using var directory = new TempDirectory();
        await using var server = await Servers.StartOursAsync(context.Options, directory, modelUrl: null, cancellationToken, new Dictionary<string, string>
        {
            ["CHATBOTKIT_MAX_ATTACHMENT_BYTES"] = "52428800",
        });
        using var http = new HttpClient { BaseAddress = new Uri(server.Address, "/api/v1/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Servers.Secret);
        await ImportAsync(http, server, "warm up.md", "text"u8.ToArray(), cancellationToken);
        var rows = new List<Sample>();
        foreach (var file in HostileFiles.All)
        {
            var (sample, outcome) = await ImportAsync(http, server, file.FileName, file.Make(), cancellationToken);
            rows.Add(sample);
            await Console.Error.WriteLineAsync($"{file.Name}: {string.Join(", ", sample.Metrics.Select(Text))}: {outcome}");
        }

        var worst = new Sample([.. rows.SelectMany(row => row.Metrics).GroupBy(metric => metric.Name).Select(metrics => metrics.MaxBy(metric => metric.Value))]);
        context.Report.Add($"{Name}, the worst of {rows.Count}", [worst], [worst], [
            Target.NoMoreThan("time", 31), Target.NoMoreThan("memory of the reader", 512), Target.NoMoreThan("growth of the server", 50)]);
    }

    private static string Text(Metric metric) => string.Create(CultureInfo.InvariantCulture, $"{metric.Name} {metric.Value:0.0} {metric.Unit}");

    private static async Task<(Sample Sample, string Outcome)> ImportAsync(
        HttpClient http, ServerProcess server, string name, byte[] bytes, CancellationToken cancellationToken)
    {
        var dataset = await CallAsync(http, "dataset/create", new { }, cancellationToken);
        var file = await CallAsync(http, "file/create", new { name = Printable(name) }, cancellationToken);
        using (var content = new ByteArrayContent(bytes))
        {
            content.Headers.ContentType = new("application/octet-stream");
            using var uploaded = await http.PostAsync($"file/{file}/upload", content, cancellationToken);
            if (!uploaded.IsSuccessStatusCode)
                return (SampleOf(TimeSpan.Zero, 0, 0), $"the upload is refused with {(int)uploaded.StatusCode}");
        }

        await CallAsync(http, $"dataset/{dataset}/file/{file}/attach", new { }, cancellationToken);
        var before = server.WorkingSet;
        var (most, reader) = (before, 0L);
        var watch = Stopwatch.StartNew();
        await CallAsync(http, $"dataset/{dataset}/file/{file}/sync", new { }, cancellationToken);
        while (true)
        {
            most = Math.Max(most, server.WorkingSet);
            reader = Math.Max(reader, server.LargestChild());
            var item = await http.GetFromJsonAsync<JsonElement>($"dataset/{dataset}/file/{file}/fetch", cancellationToken);
            if (item.GetProperty("state").GetString() is "imported" or "failed")
                return (SampleOf(watch.Elapsed, reader, most - before), OutcomeOf(item));
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static Sample SampleOf(TimeSpan time, long reader, long growth) => new(
    [
        new("time", "s", time.TotalSeconds),
        new("memory of the reader", "MB", reader / 1024.0 / 1024),
        new("growth of the server", "MB", growth / 1024.0 / 1024),
    ]);

    private static string OutcomeOf(JsonElement item) => item.GetProperty("state").GetString() == "imported"
        ? string.Create(CultureInfo.InvariantCulture, $"{item.GetProperty("records").GetInt32()} records")
        : item.GetProperty("error").GetString()!;

    /// <summary>Returns the name as far as a resource may have it.</summary>
    private static string Printable(string name)
    {
        const int Longest = 100;
        return string.Concat(name.Where(c => !char.IsControl(c)).TakeLast(Longest));
    }

    private static async Task<string> CallAsync(HttpClient http, string path, object body, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(path, body, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id").GetString()!;
    }
}
