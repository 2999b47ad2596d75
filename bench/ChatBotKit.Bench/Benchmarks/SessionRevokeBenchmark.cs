using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// The time from the request that revokes a session to the end of its open streams. The floor only ends the streams that it holds.
/// </summary>
internal sealed class SessionRevokeBenchmark : IBenchmark
{
    public string Name => "session-revoke";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempDirectory();
        await using var model = await ModelUpstream.StartAsync(context.Options, cancellationToken);
        await using var ours = await Servers.StartOursAsync(context.Options, data, model.BaseUrl, cancellationToken);
        await using var floor = await Servers.StartStreamsFloorAsync(data, cancellationToken);
        foreach (var streams in new[] { 1, context.Options.IsQuick ? 50 : 1000 })
        {
            await Rounds.RunAsync(context, $"{Name}, {streams} streams",
            [
                new("floor", token => MeasureAsync(floor, "/cut", Enumerable.Repeat(("/stream", Servers.Secret), streams), token)),
                new("of one session", token => RevokeAsync(ours, sessions: 1, streams, token)),
                new("of as many sessions", token => RevokeAsync(ours, sessions: streams, streams, token)),
            ], cancellationToken);
        }
    }

    /// <summary>
    /// Opens one run that waits for its model, with readers that are distributed over the sessions, and revokes the sessions.
    /// </summary>
    private static async Task<Sample> RevokeAsync(ServerProcess ours, int sessions, int streams, CancellationToken cancellationToken)
    {
        var conversation = (await Servers.CreateConversationsAsync(ours, 1, ModelUpstream.Held, cancellationToken))[0];
        var tokens = await Servers.CreateSessionsAsync(ours, conversation, sessions, cancellationToken);
        using var load = new StreamLoad(ours, 1);
        using var run = await load.OpenAsync(new StreamCall($"/api/v1/conversation/{conversation}/complete", """{"text":"Wait."}"""), cancellationToken);
        var runId = run.Response.Headers.GetValues("X-Run-Id").Single();
        return await MeasureAsync(
            ours, $"/api/v1/conversation/{conversation}/session/revoke",
            Enumerable.Range(0, streams).Select(i => ($"/api/v1/conversation/{conversation}/run/{runId}/stream", tokens[i % sessions])),
            cancellationToken);
    }

    private static async Task<Sample> MeasureAsync(
        ServerProcess server, string cut, IEnumerable<(string Path, string Token)> streams, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = server.Address };
        var open = new List<Stream>();
        foreach (var group in streams.Chunk(20))
            open.AddRange(await Task.WhenAll(group.Select(one => OpenAsync(http, one.Path, one.Token, cancellationToken))));

        var used = server.Usage;
        var start = Stopwatch.GetTimestamp();
        var ends = Task.WhenAll(open.Select(stream => Task.Run(() => EndAsync(stream, start, cancellationToken), cancellationToken)));
        using var request = new HttpRequestMessage(HttpMethod.Post, cut) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Servers.Secret);
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var latencies = new Latencies(await ends);
        return new Sample(
        [
            new("p50", "ms", latencies.Milliseconds(50)),
            new("p99", "ms", latencies.Milliseconds(99)),
            .. (server.Usage - used).Per("stream", open.Count),
        ]);
    }

    private static async Task<Stream> OpenAsync(HttpClient http, string path, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await stream.ReadAtLeastAsync(new byte[1], 1, cancellationToken: cancellationToken);
        return stream;
    }

    private static async Task<long> EndAsync(Stream stream, long start, CancellationToken cancellationToken)
    {
        await using (stream)
        {
            var buffer = new byte[4096];
            while (await stream.ReadAsync(buffer, cancellationToken) > 0)
            {
                // Events before the end are ignored.
            }
        }

        return Stopwatch.GetTimestamp() - start;
    }
}
