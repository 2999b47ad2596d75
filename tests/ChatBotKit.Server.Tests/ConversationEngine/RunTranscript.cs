using System.Text.Json;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>The events of a stream.</summary>
internal sealed class RunTranscript(string? runId, IReadOnlyList<JsonElement> events)
{
    public string RunId => runId ?? throw new InvalidOperationException("The answer named no run.");

    public IReadOnlyList<JsonElement> Events { get; } = events;

    public IReadOnlyList<string> Types => [.. Events.Select(TypeOf)];

    public IReadOnlyList<long> Ids => [.. Events.Select(one => one.GetProperty("id").GetInt64())];

    /// <summary>The text of all tokens.</summary>
    public string Said => string.Concat(Data("token").Select(token => token.GetProperty("token").GetString()));

    public JsonElement Result => Data("result").Single();

    public string EndReason => Result.GetProperty("end").GetProperty("reason").GetString()!;

    public string Text => Result.GetProperty("text").GetString()!;

    /// <summary>Returns the functions of the activity messages of a kind.</summary>
    public IReadOnlyList<JsonElement> Activities(string kind) =>
    [
        .. Data("message")
            .Where(message => message.GetProperty("type").GetString() == "activity")
            .Select(message => message.GetProperty("meta").GetProperty("activity"))
            .Where(activity => activity.GetProperty("type").GetString() == kind)
            .Select(activity => activity.GetProperty("function")),
    ];

    /// <summary>The types of the events, without consecutive duplicates.</summary>
    public IReadOnlyList<string> Shape
    {
        get
        {
            var shape = new List<string>();
            foreach (var type in Types)
            {
                if (shape.Count == 0 || shape[^1] != type)
                    shape.Add(type);
            }
            return shape;
        }
    }

    public IReadOnlyList<JsonElement> Data(string type) =>
        [.. Events.Where(one => TypeOf(one) == type).Select(one => one.GetProperty("data"))];

    /// <summary>The line must be this error: its code, and the message if it matters. It has no number: it is no part of the run.</summary>
    public static void AssertError(JsonElement line, string code, string? message = null)
    {
        Assert.Equal("error", TypeOf(line));
        var data = line.GetProperty("data");
        Assert.Equal((code, message ?? data.Text("message")), (data.Text("code"), data.Text("message")));
        Assert.False(line.TryGetProperty("id", out _));
    }

    public static string TypeOf(JsonElement line) => line.GetProperty("type").GetString()!;

    public static async Task<RunTranscript> ReadAsync(HttpResponseMessage response)
    {
        await response.AssertOkAsync();
        using var lines = await RunLines.OpenAsync(response);
        return new RunTranscript(lines.RunId, await lines.RestAsync());
    }
}

/// <summary>Reads a stream line by line, so that a test can act between two events.</summary>
internal sealed class RunLines(HttpResponseMessage response, StreamReader reader) : IDisposable
{
    public string? RunId => response.Headers.TryGetValues("X-Run-Id", out var values) ? values.Single() : null;

    public static async Task<RunLines> OpenAsync(HttpResponseMessage response) =>
        new(response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));

    /// <summary>Starts a run and returns when its stream is open.</summary>
    public static async Task<RunLines> CompleteAsync(HttpClient client, string conversationId, string text = "Hello")
    {
        var answer = await client.OpenAsync(HttpMethod.Post, $"conversation/{conversationId}/complete", new { text });
        await answer.AssertOkAsync();
        return await OpenAsync(answer);
    }

    /// <summary>Returns the next event that is no heartbeat; null at the end.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(EngineServer.Patience) is { } line)
        {
            Assert.NotEmpty(line);
            var parsed = JsonDocument.Parse(line).RootElement;
            if (RunTranscript.TypeOf(parsed) is not ("ping" or "nop"))
                return parsed;
        }
        return null;
    }

    /// <summary>Reads up to the next event of this type.</summary>
    public async Task<IReadOnlyList<JsonElement>> UntilAsync(string type)
    {
        var events = new List<JsonElement>();
        while (await NextAsync() is { } next)
        {
            events.Add(next);
            if (RunTranscript.TypeOf(next) == type)
                return events;
        }
        throw new InvalidOperationException(
            $"The stream ended without {type}: {string.Join(", ", events.Select(RunTranscript.TypeOf))}");
    }

    public async Task<IReadOnlyList<JsonElement>> RestAsync()
    {
        var events = new List<JsonElement>();
        while (await NextAsync() is { } next)
            events.Add(next);
        return events;
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
