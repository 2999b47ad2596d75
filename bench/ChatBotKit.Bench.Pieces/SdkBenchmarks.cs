using System.Text;
using BenchmarkDotNet.Attributes;

namespace ChatBotKit.Bench.Pieces;

/// <summary>Reads an answer with the SDK from memory. Each number is per token.</summary>
public class SdkBenchmarks
{
    private const int Tokens = 10_000;

    private readonly ConversationClient _client = new(new ChatBotKitClientOptions
    {
        HttpClient = new HttpClient(new MemoryHandler(Lines())),
        BaseUrl = new Uri("http://127.0.0.1/"),
        Secret = "none",
    });

    private readonly ConversationCompleteRequest _request = new()
    {
        Messages = [new ConversationMessage { Type = MessageType.User, Text = "Hello" }],
    };

    [Benchmark(Description = "Read a line of JSON Lines", OperationsPerInvoke = Tokens)]
    public async Task<int> ReadLines()
    {
        var length = 0;
        await foreach (var happened in _client.CompleteAsync(_request))
            length += happened is TokenEvent token ? token.Token.Length : 0;
        return length;
    }

    private static byte[] Lines() => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(
        """{"type":"token","data":{"type":"bot","token":" word"},"createdAt":1800000000000}""" + "\n", Tokens)));

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
