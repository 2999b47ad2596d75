using System.ClientModel;
using System.Diagnostics;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// Reads the words of a long answer from a server in another process: with the SDK, with the official SDK for Node on the same
/// lines, and with the SDKs for OpenAI on the same words in that API's chunks.
/// </summary>
internal sealed class SdkReadBenchmark : IBenchmark
{
    private const string Floor = "written by hand";
    private const string Sdk = "SDK";

    public string Name => "sdk-read";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var count = context.Options.IsQuick ? 20_000 : 1_000_000;
        using var data = new TempDirectory();
        await using var server = await Servers.StartAnswerFloorAsync(data, count, cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler());
        var sdk = new ConversationClient(new ChatBotKitClientOptions { HttpClient = http, BaseUrl = server.Address, Secret = "none" });
        var lines = new Uri(server.Address, "/api/v1/conversation/complete");
        var openAi = new ChatClient(
            "m", new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(server.Address, "/v1") });
        using var extensions = openAi.AsIChatClient();

        var contenders = new List<Contender>
        {
            new(Floor, token => MeasureAsync(count, () => CountByHandAsync(http, lines, token))),
            new(Sdk, token => MeasureAsync(count, () => CountBySdkAsync(sdk, token)))
            {
                Targets = [Target.AtLeast("events", 0.7), Target.NoMoreThan("allocated per event", 120)],
            },
            new("OpenAI", token => MeasureAsync(count, () => CountByOpenAiAsync(openAi, token))),
            new("Microsoft.Extensions.AI.OpenAI", token => MeasureAsync(count, () => CountByExtensionsAsync(extensions, token))),
        };
        await using var node = await NodeReader.StartAsync(server.Address, cancellationToken);
        if (node.Missing is { } reason)
            context.Report.Skip($"{Name}: Node SDK", reason);
        else
            contenders.Add(new("Node SDK", token => MeasureNodeAsync(node, count, token)));

        var samples = await Rounds.RunAsync(context, Name, contenders, cancellationToken);
        for (var i = 2; i < contenders.Count; i++)
            context.Report.Add($"{Name}: {Sdk} ÷ {contenders[i].Name}", samples[1], samples[i]);
    }

    private static async Task<Sample> MeasureAsync(int count, Func<Task<int>> countAsync)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        var events = await countAsync();
        var elapsed = watch.Elapsed;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new Sample(
            [new("events", "1/s", events / elapsed.TotalSeconds), new("allocated per event", "B", (double)allocated / count)],
            count - events);
    }

    private static async Task<Sample> MeasureNodeAsync(NodeReader node, int count, CancellationToken cancellationToken)
    {
        var (events, seconds) = await node.ReadAsync(cancellationToken);
        return new Sample([new("events", "1/s", events / seconds)], count - events);
    }

    private static async Task<int> CountByHandAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        var events = 0;
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("{}") };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await foreach (var happened in EventReader.ReadAsync(await response.Content.ReadAsStreamAsync(cancellationToken)))
            events += happened is { Type: "token", Token.Length: > 0 } ? 1 : 0;
        return events;
    }

    private static async Task<int> CountBySdkAsync(ConversationClient sdk, CancellationToken cancellationToken)
    {
        var events = 0;
        var request = new ConversationCompleteRequest { Messages = [new ConversationMessage { Type = MessageType.User, Text = "Hello" }] };
        await foreach (var happened in sdk.CompleteAsync(request, cancellationToken))
            events += happened is TokenEvent { Token.Length: > 0 } ? 1 : 0;
        return events;
    }

    private static async Task<int> CountByOpenAiAsync(ChatClient client, CancellationToken cancellationToken)
    {
        var events = 0;
        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("Hello")], cancellationToken: cancellationToken))
            events += update.ContentUpdate is [{ Text.Length: > 0 }, ..] ? 1 : 0;
        return events;
    }

    private static async Task<int> CountByExtensionsAsync(IChatClient client, CancellationToken cancellationToken)
    {
        var events = 0;
        await foreach (var update in client.GetStreamingResponseAsync("Hello", cancellationToken: cancellationToken))
            events += update.Text.Length > 0 ? 1 : 0;
        return events;
    }
}
