using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ChatBotKit.Bench.Harness;

namespace ChatBotKit.Bench.Load;

/// <summary>A call with a streamed response, and the number of sequential repetitions.</summary>
internal sealed record StreamCall(string Path, string Json, int Turns = 1);

/// <summary>Reads streamed answers over several connections until a number of calls is complete.</summary>
internal sealed class StreamLoad(ServerProcess server, int streams) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler()) { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Runs the load. If tokens contain the time at which the model sent them, their delay is measured.</summary>
    public async Task<Sample> RunAsync(IEnumerable<StreamCall> calls, int tokensPerCall, bool isTimed, CancellationToken cancellationToken)
    {
        var queue = new ConcurrentQueue<StreamCall>(calls);
        var expected = queue.Sum(call => call.Turns);
        var load = Environment.CpuUsage.TotalTime;
        var used = server.Usage;
        var watch = Stopwatch.StartNew();
        var workers = await Task.WhenAll(Enumerable.Range(0, streams).Select(_ => Task.Run(() => WorkAsync(queue, isTimed, cancellationToken), cancellationToken)));
        var elapsed = watch.Elapsed;
        used = server.Usage - used;
        load = Environment.CpuUsage.TotalTime - load;
        var answers = workers.SelectMany(answers => answers).ToList();
        var tokens = Math.Max(answers.Sum(answer => answer.Tokens), 1);
        return new Sample(
            [
                .. Times(answers, isTimed),
                .. isTimed ? Enumerable.Empty<Metric>() : [new("tokens", "1/s", tokens / elapsed.TotalSeconds)],
                .. used.Per("token", tokens),
                new("load and model, processor per token", "µs", load.TotalMicroseconds / tokens),
            ],
            expected - answers.Count(answer => answer.Tokens == tokensPerCall && answer.Failures == 0));
    }

    private static IEnumerable<Metric> Times(List<StreamedAnswer> answers, bool isTimed)
    {
        var first = new Latencies(answers.Select(answer => answer.FirstToken));
        yield return new("first token p50", "ms", first.Milliseconds(50));
        yield return new("first token p99", "ms", first.Milliseconds(99));
        if (!isTimed)
            yield break;
        var delays = new Latencies(answers.SelectMany(answer => answer.Delays));
        yield return new("token on its way p50", "ms", delays.Milliseconds(50));
        yield return new("token on its way p99", "ms", delays.Milliseconds(99));
    }

    /// <summary>Opens an answer and returns as soon as it has the first token; the caller closes it.</summary>
    public async Task<OpenAnswer> OpenAsync(StreamCall call, CancellationToken cancellationToken)
    {
        var response = await SendAsync(call, cancellationToken);
        var answer = new StreamedAnswer(await response.Content.ReadAsStreamAsync(cancellationToken));
        await answer.ReadAsync(untilFirstToken: true, cancellationToken);
        return new OpenAnswer(response, answer);
    }

    public void Dispose() => _http.Dispose();

    private async Task<List<StreamedAnswer>> WorkAsync(ConcurrentQueue<StreamCall> queue, bool isTimed, CancellationToken cancellationToken)
    {
        var answers = new List<StreamedAnswer>();
        while (queue.TryDequeue(out var call))
        {
            for (var turn = 0; turn < call.Turns; turn++)
            {
                if (await AnswerAsync(call, isTimed, cancellationToken) is { } answer)
                    answers.Add(answer);
            }
        }

        return answers;
    }

    private async Task<StreamedAnswer?> AnswerAsync(StreamCall call, bool isTimed, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            using var response = await SendAsync(call, cancellationToken);
            var answer = new StreamedAnswer(await response.Content.ReadAsStreamAsync(cancellationToken), start, isTimed);
            await answer.ReadAsync(untilFirstToken: false, cancellationToken);
            return answer;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return null;
        }
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
