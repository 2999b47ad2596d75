using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>The same question for the floors and the server, with and without a stored conversation.</summary>
internal static class StreamCalls
{
    private const string Question = "Which flowers last longest?";

    public static StreamCall OfFloor(string model) => new(
        "/stream", $$$"""{"model":"{{{model}}}","messages":[{"role":"user","content":"{{{Question}}}"}],"stream":true}""");

    public static StreamCall Stateless(string model) => new(
        "/api/v1/conversation/complete",
        $$$"""{"model":"{{{model}}}","messages":[{"type":"user","text":"{{{Question}}}"}]}""");

    /// <summary>Returns the same question in the OpenAI protocol.</summary>
    public static StreamCall OpenAi(string model) => new(
        "/api/v1/openai/chat/completions",
        $$$"""{"model":"{{{model}}}","messages":[{"role":"user","content":"{{{Question}}}"}],"stream":true,"stream_options":{"include_usage":true}}""");

    /// <summary>Returns turns of conversations that the storing floor does not know yet.</summary>
    public static IEnumerable<StreamCall> OfStoringFloor(string model, int conversations, int turns) => Enumerable.Range(0, conversations)
        .Select(_ => new StreamCall($"/stream/{Guid.NewGuid():N}", $$"""{"model":"{{model}}","text":"{{Question}}"}""", turns));

    /// <summary>Returns turns of new conversations, one call for each.</summary>
    public static async Task<IEnumerable<StreamCall>> StatefulAsync(
        ServerProcess ours, string model, int conversations, CancellationToken cancellationToken, int turns = 1)
    {
        var ids = await Servers.CreateConversationsAsync(ours, conversations, model, cancellationToken);
        return ids.Select(id => Stateful(id, turns));
    }

    public static StreamCall Stateful(string conversationId, int turns = 1) =>
        new($"/api/v1/conversation/{conversationId}/complete", $$"""{"text":"{{Question}}"}""", turns);
}
