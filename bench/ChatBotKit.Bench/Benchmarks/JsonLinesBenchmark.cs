using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatBotKit.Bench.Floors;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// Reads the tokens of an answer, from memory and from a connection: with the SDK, with the framework's own deserializer, and with
/// a hand-written reader for only these lines.
/// </summary>
internal sealed class JsonLinesBenchmark : IBenchmark
{
    public string Name => "jsonl";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var count = context.Options.IsQuick ? 5_000 : 200_000;
        var lines = TokenLines.Lines(count);

        using var memory = new HttpClient(new MemoryHandler(lines));
        await CompareAsync(context, "jsonl from memory", memory, new Uri("http://127.0.0.1/"), count, cancellationToken);

        await using var server = await LineServer.StartAsync(lines, cancellationToken);
        using var loopback = new HttpClient(new SocketsHttpHandler());
        await CompareAsync(context, "jsonl over loopback", loopback, server.Address, count, cancellationToken);
    }

    private static async Task CompareAsync(
        BenchContext context, string name, HttpClient http, Uri address, int count, CancellationToken cancellationToken)
    {
        var sdk = new ConversationClient(new ChatBotKitClientOptions { HttpClient = http, BaseUrl = address, Secret = "none" });
        await Rounds.RunAsync(context, name,
        [
            new Contender("written by hand", token => MeasureAsync(count, () => CountByHandAsync(http, address, token))),
            new Contender("SDK", token => MeasureAsync(count, () => CountBySdkAsync(sdk, token)))
            {
                Targets = [Target.AtLeast("events", 0.7), Target.NoMoreThan("allocated per event", 120)],
            },
            new Contender("DeserializeAsyncEnumerable", token => MeasureAsync(count, () => CountBySerializerAsync(http, address, token))),
        ], cancellationToken);
    }

    private static async Task<Sample> MeasureAsync(int count, Func<Task<int>> countAsync)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        var events = await countAsync();
        var elapsed = watch.Elapsed;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new Sample(
            [new("events", "1/s", events / elapsed.TotalSeconds), new("allocated per event", "B", (double)allocated / events)],
            count - events);
    }

    private static async Task<int> CountBySdkAsync(ConversationClient sdk, CancellationToken cancellationToken)
    {
        var events = 0;
        var request = new ConversationCompleteRequest { Messages = [new ConversationMessage { Type = MessageType.User, Text = "Hello" }] };
        await foreach (var happened in sdk.CompleteAsync(request, cancellationToken))
            events += happened is TokenEvent { Token.Length: > 0 } ? 1 : 0;
        return events;
    }

    private static async Task<int> CountByHandAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        var events = 0;
        using var response = await OpenAsync(http, address, cancellationToken);
        await foreach (var happened in EventReader.ReadAsync(await response.Content.ReadAsStreamAsync(cancellationToken)))
            events += happened is { Type: "token", Token.Length: > 0 } ? 1 : 0;
        return events;
    }

    private static async Task<int> CountBySerializerAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        var events = 0;
        using var response = await OpenAsync(http, address, cancellationToken);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var happened in JsonSerializer.DeserializeAsyncEnumerable(stream, LineJson.Default.Line, topLevelValues: true, cancellationToken))
            events += happened is { Type: "token", Data.Token.Length: > 0 } ? 1 : 0;
        return events;
    }

    private static Task<HttpResponseMessage> OpenAsync(HttpClient http, Uri address, CancellationToken cancellationToken) =>
        http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>Returns the same response from memory for every request.</summary>
    private sealed class MemoryHandler(byte[] lines) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage
            {
                RequestMessage = request,
                Content = new StreamContent(new MemoryStream(lines)) { Headers = { ContentType = new("application/jsonl") } },
            });
    }
}

internal sealed record Line(string Type, LineData Data, long CreatedAt);

internal sealed record LineData(string Type, string Token);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Line))]
internal sealed partial class LineJson : JsonSerializerContext;
