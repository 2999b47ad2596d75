using System.Text.Json;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;

namespace ChatBotKit.EndToEnd.Tests;

/// <summary>A session's stream when the server's process is killed.</summary>
public sealed class SessionRestartTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
    private ScriptedModelServer _model = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _model = await ScriptedModelServer.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        await TestStore.DeleteDatabaseOfAsync(_directory);
    }

    [Fact]
    public async Task Kill_InMidAnswer_IsTakenUpAtTheNextEventWithTheSameToken()
    {
        _model.Answer(script => script.Text("One", " two", " three").Silence());
        SessionCreateResponse session;
        string runId;
        List<JsonElement> seen;
        await using (var server = await StartAsync())
        {
            var api = new ChatBotKitApi(Options(server, ServerFactory.OwnerSecret));
            var conversation = await api.Conversation.CreateAsync(new ConversationCreateRequest(), Token);
            session = await api.Conversation.Session.CreateAsync(conversation.Id, new SessionCreateRequest(), Token);
            (runId, seen) = await CompleteUntilAsync(server, session, " three");
            await server.KillAsync();
        }

        await using var again = await StartAsync();
        var last = Number(seen[^1]);
        var rest = await FollowAsync(again, session, runId, last);
        var device = await FollowAsync(again, session, runId, after: 0);

        Assert.Equal(Enumerable.Range(1, seen.Count + rest.Count).Select(number => (long)number), seen.Concat(rest).Select(Number));
        Assert.Equal(["message", "abort", "receiveResult", "result"], rest.Select(Type));
        Assert.Equal("One two three", rest[^1].GetProperty("data").GetProperty("text").GetString());
        Assert.Equal("abort", rest[^1].GetProperty("data").GetProperty("end").GetProperty("reason").GetString());
        Assert.Equal(seen.Concat(rest).Select(line => line.GetRawText()), device.Select(line => line.GetRawText()));
        var messages = await new MessageClient(Options(again, session.Token)).ListAsync(session.Id, cancellationToken: Token);
        Assert.Equal(["Hello", "One two three"], messages.Items.Select(message => message.Text).Order(StringComparer.Ordinal));
        _model.Answer(script => script.Text("Four"));
        Assert.Equal("Four", (await CompleteUntilAsync(again, session, "Four")).Lines[^1].GetProperty("data").GetProperty("token").GetString());
    }

    private async Task<ServerRun> StartAsync()
    {
        var settings = new Dictionary<string, string>
        {
            ["CHATBOTKIT_DATA_DIR"] = _directory,
            ["CHATBOTKIT_API_SECRET"] = ServerFactory.OwnerSecret,
            ["OPENAI_BASE_URL"] = _model.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        };
        return await ServerRun.StartAsync(await settings.WithDatabaseAsync(_directory), Token);
    }

    private static ChatBotKitClientOptions Options(ServerRun server, string secret) => new() { Secret = secret, BaseUrl = server.Address };

    /// <summary>Starts a run and reads its lines up to the one with this token.</summary>
    private static async Task<(string RunId, List<JsonElement> Lines)> CompleteUntilAsync(
        ServerRun server, SessionCreateResponse session, string token)
    {
        using var client = Client(server, session);
        using var response = await client.OpenAsync(HttpMethod.Post, $"conversation/{session.Id}/complete", """{"text":"Hello"}""");
        await response.AssertOkAsync();
        var lines = await ReadNumberedAsync(
            response, line => Type(line) == "token" && line.GetProperty("data").GetProperty("token").GetString() == token);
        return (response.Headers.GetValues("X-Run-Id").Single(), lines);
    }

    private static async Task<List<JsonElement>> FollowAsync(ServerRun server, SessionCreateResponse session, string runId, long after)
    {
        using var client = Client(server, session);
        using var response = await client.OpenAsync(HttpMethod.Get, $"conversation/{session.Id}/run/{runId}/stream?after={after}");
        await response.AssertOkAsync();
        return await ReadNumberedAsync(response, isLast: _ => false);
    }

    private static HttpClient Client(ServerRun server, SessionCreateResponse session) => ServerFactory.ClientOf(server.Address, session.Token);

    /// <summary>Returns the numbered lines up to the last one, or to the end of the body.</summary>
    private static async Task<List<JsonElement>> ReadNumberedAsync(HttpResponseMessage response, Predicate<JsonElement> isLast)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        var lines = new List<JsonElement>();
        while (await reader.ReadLineAsync(Token) is { } text)
        {
            if (text.Length == 0)
                continue;
            var line = JsonElement.Parse(text);
            if (!line.TryGetProperty("id", out _))
                continue;
            lines.Add(line);
            if (isLast(line))
                break;
        }

        return lines;
    }

    private static long Number(JsonElement line) => line.GetProperty("id").GetInt64();

    private static string? Type(JsonElement line) => line.GetProperty("type").GetString();
}
