using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ChatBotKit.Bench.Harness;

namespace ChatBotKit.Bench.Load;

/// <summary>A call that is answered with a stream.</summary>
internal sealed record StreamCall(string Path, string Json);

/// <summary>Reads streamed answers over a number of connections until a number of calls is answered.</summary>
internal sealed class StreamLoad(ServerProcess server, int streams) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler()) { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Tokens that carry the time at which the model sent them tell how long they were on their way.</summary>
    public async Task<Sample> RunAsync(IEnumerable<StreamCall> calls, int tokensPerCall, bool isTimed, CancellationToken cancellationToken)
    {
        var queue = new ConcurrentQueue<StreamCall>(calls);
        var count = queue.Count;
        var processor = server.ProcessorTime;
        var watch = Stopwatch.StartNew();
        var workers = await Task.WhenAll(Enumerable.Range(0, streams).Select(_ => Task.Run(() => WorkAsync(queue, cancellationToken), cancellationToken)));
        var elapsed = watch.Elapsed;
        var answers = workers.SelectMany(answers => answers).ToList();
        var tokens = Math.Max(answers.Sum(answer => answer.Tokens), 1);
        var first = new Latencies(answers.Select(answer => answer.FirstToken));
        var metrics = new List<Metric> { new("first token p50", "ms", first.Milliseconds(50)), new("first token p99", "ms", first.Milliseconds(99)) };
        if (isTimed)
        {
            var delays = new Latencies(answers.SelectMany(answer => answer.Delays));
            metrics.Add(new("token on its way p50", "ms", delays.Milliseconds(50)));
            metrics.Add(new("token on its way p99", "ms", delays.Milliseconds(99)));
        }
        else
        {
            metrics.Add(new("tokens", "1/s", tokens / elapsed.TotalSeconds));
        }

        metrics.Add(new("processor per token", "µs", (server.ProcessorTime - processor).TotalMicroseconds / tokens));
        return new Sample(metrics, count - answers.Count(answer => answer.Tokens == tokensPerCall));
    }

    /// <summary>Opens an answer and returns as soon as its first token is there; the caller closes it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(StreamCall call, CancellationToken cancellationToken)
    {
        var response = await SendAsync(call, cancellationToken);
        var answer = new StreamedAnswer(await response.Content.ReadAsStreamAsync(cancellationToken));
        await answer.ReadAsync(untilFirstToken: true, cancellationToken);
        return response;
    }

    public void Dispose() => _http.Dispose();

    private async Task<List<StreamedAnswer>> WorkAsync(ConcurrentQueue<StreamCall> queue, CancellationToken cancellationToken)
    {
        var answers = new List<StreamedAnswer>();
        while (queue.TryDequeue(out var call))
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                using var response = await SendAsync(call, cancellationToken);
                var answer = new StreamedAnswer(await response.Content.ReadAsStreamAsync(cancellationToken), start);
                await answer.ReadAsync(untilFirstToken: false, cancellationToken);
                answers.Add(answer);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                await Console.Error.WriteLineAsync(exception.Message);
            }
        }

        return answers;
    }

    private async Task<HttpResponseMessage> SendAsync(StreamCall call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, call.Path)
        {
            Content = new StringContent(call.Json, Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/jsonl"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Servers.Secret);
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode == HttpStatusCode.OK)
            return response;
        using (response)
            throw new HttpRequestException($"{response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
