using System.Text;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>The routes of Mastra that correspond to those of this API.</summary>
internal static class MastraCalls
{
    private const string Resource = "bench";
    private const string Agent = "bench";

    public static RequestTemplate Create(string threadId) => RequestTemplate.Post(
        $"/api/memory/threads?agentId={Agent}", $$"""{"resourceId":"{{Resource}}","title":"Flowers"}""");

    public static RequestTemplate Append(string threadId) => RequestTemplate.Post(
        $"/api/memory/save-messages?agentId={Agent}",
        $$"""{"messages":[{"role":"user","type":"text","content":"Which flowers last longest in a vase?","threadId":"{{threadId}}","resourceId":"{{Resource}}"}]}""");

    public static RequestTemplate List(string threadId, int take) =>
        RequestTemplate.Get($"/api/memory/threads/{threadId}/messages?agentId={Agent}&resourceId={Resource}&perPage={take}");

    public static StreamCall Stream(string threadId) => new(
        $"/api/agents/{Agent}/stream",
        $$$"""{"messages":[{"role":"user","content":"Which flowers last longest?"}],"memory":{"thread":"{{{threadId}}}","resource":"{{{Resource}}}"}}""");

    public static async Task<IReadOnlyList<string>> CreateThreadsAsync(ServerProcess server, int count, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var ids = Enumerable.Range(0, count).Select(_ => Guid.NewGuid().ToString("N")).ToList();
        foreach (var id in ids)
        {
            using var body = new StringContent($$"""{"resourceId":"{{Resource}}","threadId":"{{id}}","title":"Flowers"}""", Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync($"/api/memory/threads?agentId={Agent}", body, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        return ids;
    }
}
