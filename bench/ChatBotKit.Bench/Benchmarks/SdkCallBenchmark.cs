using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>The cost of a call through the SDK, compared with the same call through a bare HTTP client; sequential calls.</summary>
internal sealed class SdkCallBenchmark : IBenchmark
{
    private const string ConversationId = "cbenchmark00000000000000";

    public string Name => "sdk-call";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var calls = context.Options.IsQuick ? 500 : 10_000;
        using var data = new TempDirectory();
        await using var server = await Servers.StartAnswerFloorAsync(data, events: 0, cancellationToken);
        using var bare = new HttpClient(new SocketsHttpHandler());
        using var inner = new HttpClient(new SocketsHttpHandler());
        var sdk = new SessionClient(new ChatBotKitClientOptions { HttpClient = inner, BaseUrl = server.Address, Secret = Servers.Secret });
        var path = new Uri(server.Address, $"/api/v1/conversation/{ConversationId}/session/create");
        await Rounds.RunAsync(context, Name,
        [
            new Contender("bare", token => MeasureAsync(calls, () => CallBareAsync(bare, path, token), token)),
            new Contender("SDK", token => MeasureAsync(calls, () => CallSdkAsync(sdk, token), token)),
        ], cancellationToken);
    }

    private static async Task<Sample> MeasureAsync(int calls, Func<Task<bool>> callAsync, CancellationToken cancellationToken)
    {
        var ticks = new long[calls];
        var errors = 0;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < calls; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            errors += await callAsync() ? 0 : 1;
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }

        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new Sample(
        [
            new("p50", "µs", new Latencies(ticks).Milliseconds(50) * 1000),
            new("mean", "µs", Stopwatch.GetElapsedTime(0, ticks.Sum()).TotalMicroseconds / calls),
            new("allocated per call", "B", (double)allocated / calls),
        ], errors);
    }

    private static async Task<bool> CallSdkAsync(SessionClient sdk, CancellationToken cancellationToken)
    {
        var session = await sdk.CreateAsync(ConversationId, new SessionCreateRequest { DurationInSeconds = 3600 }, cancellationToken);
        return session.Token.Length > 0;
    }

    private static async Task<bool> CallBareAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = JsonContent.Create(new BareRequest(3600), CallJson.Default.BareRequest),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Servers.Secret) },
        };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync(CallJson.Default.BareSession, cancellationToken) is { Token.Length: > 0 };
    }
}

internal sealed record BareRequest(int DurationInSeconds);

internal sealed record BareSession(string Id, string Token, long ExpiresAt);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BareRequest))]
[JsonSerializable(typeof(BareSession))]
internal sealed partial class CallJson : JsonSerializerContext;
