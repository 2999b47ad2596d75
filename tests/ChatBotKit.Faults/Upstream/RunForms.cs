using System.Text.Json;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.Faults.Upstream;

/// <summary>The ways to start a run.</summary>
internal static class RunForms
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A streamed answer in a stored conversation.</summary>
    public static async Task<SeenRun> StreamAsync(UpstreamServer server, string conversationId, string text)
    {
        using var response = await server.Http.OpenAsync(HttpMethod.Post, $"conversation/{conversationId}/complete", Text(text));
        return await ReadStreamAsync(response);
    }

    /// <summary>A plain JSON answer in a stored conversation.</summary>
    public static async Task<SeenRun> WholeAsync(UpstreamServer server, string conversationId, string text)
    {
        using var response = await server.Http.SendAsync(HttpMethod.Post, $"conversation/{conversationId}/complete", Text(text));
        return await ReadWholeAsync(response);
    }

    public static async Task<SeenRun> StatelessStreamAsync(UpstreamServer server, string text)
    {
        using var response = await server.Http.OpenAsync(HttpMethod.Post, "conversation/complete", Messages(text));
        return await ReadStreamAsync(response);
    }

    public static async Task<SeenRun> StatelessWholeAsync(UpstreamServer server, string text)
    {
        using var response = await server.Http.SendAsync(HttpMethod.Post, "conversation/complete", Messages(text));
        return await ReadWholeAsync(response);
    }

    /// <summary>A dispatched run, read from its channel.</summary>
    public static async Task<SeenRun> DispatchAsync(UpstreamServer server, string conversationId, string text) =>
        await FollowAsync(server, await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{conversationId}/dispatch", Text(text)));

    public static async Task<SeenRun> StatelessDispatchAsync(UpstreamServer server, string text) =>
        await FollowAsync(server, await server.Http.ReadAsync(HttpMethod.Post, "conversation/dispatch", Messages(text)));

    private static async Task<SeenRun> FollowAsync(UpstreamServer server, JsonElement dispatched)
    {
        var channel = dispatched.GetProperty("channelId").GetString();
        using var response = await server.Http.OpenAsync(HttpMethod.Post, $"channel/{channel}/subscribe", """{"historyLength":10000}""");
        var events = new List<JsonElement>();
        await foreach (var line in LinesOf(response))
        {
            if (line.GetProperty("type").GetString() != "message")
                continue;
            events.Add(line.GetProperty("data"));
            if (events[^1].GetProperty("type").GetString() == "result")
                break;
        }
        return new SeenRun(200, null, events, null);
    }

    private static async Task<SeenRun> ReadStreamAsync(HttpResponseMessage response)
    {
        var events = new List<JsonElement>();
        await foreach (var line in LinesOf(response))
        {
            if (line.GetProperty("type").GetString() != "ping")
                events.Add(line);
        }
        return new SeenRun((int)response.StatusCode, null, events, null);
    }

    private static async Task<SeenRun> ReadWholeAsync(HttpResponseMessage response)
    {
        var body = await response.JsonAsync();
        return new SeenRun((int)response.StatusCode, body, [], (long?)response.Headers.RetryAfter?.Delta?.TotalSeconds);
    }

    private static async IAsyncEnumerable<JsonElement> LinesOf(HttpResponseMessage response)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        while (await reader.ReadLineAsync(Token).AsTask().WaitAsync(UpstreamServer.Patience, Token) is { } line)
            yield return JsonDocument.Parse(line).RootElement;
    }

    private static string Text(string text) => JsonSerializer.Serialize(new Dictionary<string, string> { ["text"] = text });

    private static string Messages(string text) => $$"""{"messages":[{"type":"user","text":{{JsonSerializer.Serialize(text)}}}]}""";
}

/// <summary>The response of a run as its caller received it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Whole">The plain JSON answer; null for a stream.</param>
/// <param name="Events">The events of a stream.</param>
/// <param name="RetryAfter">The header, in seconds.</param>
internal sealed record SeenRun(int Status, JsonElement? Whole, IReadOnlyList<JsonElement> Events, long? RetryAfter)
{
    /// <summary>The types of the events, with consecutive tokens as one.</summary>
    public string Shape
    {
        get
        {
            var types = Events.Select(one => one.GetProperty("type").GetString()!).ToList();
            return string.Join(' ', types.Where((type, i) => type != "token" || i == 0 || types[i - 1] != "token"));
        }
    }

    public string Said => string.Concat(Of("token").Select(token => token.GetProperty("token").GetString()));

    public string EndReason => (Whole ?? Of("result").Single()).GetProperty("end").GetProperty("reason").GetString()!;

    public string Text => (Whole ?? Of("result").Single()).GetProperty("text").GetString()!;

    public IEnumerable<JsonElement> Of(string type) =>
        Events.Where(one => one.GetProperty("type").GetString() == type).Select(one => one.GetProperty("data"));

    /// <summary>Everything that was received, to search it for text that must not be there.</summary>
    public override string ToString() => $"{Status} {Whole} {string.Join('\n', Events)}";
}
