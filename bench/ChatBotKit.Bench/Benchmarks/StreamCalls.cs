using System.Globalization;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>The same question to the floor and to our server, there with and without a stored conversation.</summary>
internal static class StreamCalls
{
    private const string Question = "Which flowers last longest?";

    public static StreamCall OfFloor(string model) => new(
        "/stream", $$$"""{"model":"{{{model}}}","messages":[{"role":"user","content":"{{{Question}}}"}],"stream":true}""");

    public static StreamCall Stateless(string model) => new(
        "/api/v1/conversation/complete",
        $$$"""{"model":"{{{model}}}","messages":[{"type":"user","text":"{{{Question}}}"}]}""");

    /// <summary>One call per conversation, each on a new one: an answer in a long one costs what its history costs.</summary>
    public static async Task<IEnumerable<StreamCall>> StatefulAsync(
        ServerProcess ours, string model, int count, CancellationToken cancellationToken)
    {
        var conversations = await Servers.CreateConversationsAsync(ours, count, model, cancellationToken);
        return conversations.Select(id => new StreamCall(
            string.Create(CultureInfo.InvariantCulture, $"/api/v1/conversation/{id}/complete"), $$"""{"text":"{{Question}}"}"""));
    }
}
