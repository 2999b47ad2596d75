using System.Text.Json;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.TestModels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ChatBotKit.Server.Tests.Security;

public sealed class SessionStreamTests : IAsyncLifetime
{
    private const string Channel = "0123456789abcdef";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private ScriptedModelServer _model = null!;
    private ServerFactory _server = null!;
    private HttpClient _owner = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _model = await ScriptedModelServer.StartAsync(Token);
        var settings = EngineServer.Settings(_model);
        settings["OPENAI_FIRST_BYTE_SECONDS"] = settings["OPENAI_SILENCE_SECONDS"] = "86400";
        _server = await ServerFactory.StartAsync(MapSubscription, _time, settings);
        _owner = _server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _server.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public void CutKeys_VeryMany_AreNotAllRemembered()
    {
        var (streams, changes) = (_server.App.Services.GetRequiredService<SessionStreams>(), _server.App.Services.GetRequiredService<ChangeFeed>());
        for (var i = 0; i < 2500; i++)
        {
            changes.Publish(new Change(ChangedKinds.SigningKey, $"key-{i}", "", ChangeKind.Revoked));
            Assert.InRange(streams.CutKeys, 1, 1000);
        }
    }

    [Fact]
    public async Task Revoke_EndsTheStreamAtOnceAndTheRunGoesOn()
    {
        var gate = new TaskCompletionSource();
        _model.Answer(script => script.Text("Half").WaitFor(gate.Task).Text(" and half"));
        var session = await _server.MintAsync();
        using var lines = await CompleteAsync(session);
        await lines.UntilAsync("token");

        await _owner.ReadAsync(HttpMethod.Post, session.Path("revoke"), "{}");
        var rest = await lines.RestAsync();

        RunTranscript.AssertError(rest[^1], "SESSION_REVOKED");
        Assert.DoesNotContain(rest.SkipLast(1), line => RunTranscript.TypeOf(line) == "error");
        gate.SetResult();
        Assert.Equal("Half and half", (await FollowAsync(_owner, session, lines.RunId!)).Text);
        await session.Holder.AssertRefusedAsync("401 SESSION_REVOKED", HttpMethod.Get, $"conversation/{session.ConversationId}/run/{lines.RunId}/stream");
    }

    [Fact]
    public async Task Revoke_AsServerSentEvents_EndsWithAnErrorEventWithoutNumber()
    {
        _model.Answer(script => script.Text("Half").Silence());
        var session = await _server.MintAsync();
        using var response = await OpenRunAsync(session, "text/event-stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        while (await reader.ReadLineAsync(Token) is { } line && line != "event: token")
        {
        }

        await _owner.ReadAsync(HttpMethod.Post, session.Path("revoke"), "{}");
        var rest = await reader.ReadToEndAsync(Token);

        Assert.EndsWith("\n\nevent: error\ndata: {\"code\":\"SESSION_REVOKED\",\"message\":\"The session was revoked\"}\n\n", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_WhileAJsonAnswerIsAwaited_Is401()
    {
        _model.Answer(script => script.Silence());
        var session = await _server.MintAsync();
        var waiting = OpenRunAsync(session, "application/json");
        await _model.NextRequestAsync(Token);

        await _owner.ReadAsync(HttpMethod.Post, session.Path("revoke"), "{}");

        using var answer = await waiting;
        await answer.AssertRefusedAsync("401 SESSION_REVOKED");
    }

    [Fact]
    public async Task Expiry_EndsTheStreamInTheMiddle()
    {
        _model.Answer(script => script.Text("Half").Silence());
        var session = await MintEndingAsync();
        using var lines = await CompleteAsync(session);
        await lines.UntilAsync("token");

        await EndAsync(session);

        RunTranscript.AssertError((await lines.RestAsync())[^1], "SESSION_EXPIRED");
    }

    [Fact]
    public async Task Expiry_RefusesTheAnswerThatIsUnderWay()
    {
        _model.Answer(script => script.Text("Half").Silence());
        var session = await MintEndingAsync();
        var posting = OpenRunAsync(session, "application/json");
        await _model.NextRequestAsync(Token);

        await EndAsync(session);

        using var response = await posting;
        await response.AssertRefusedAsync("401 SESSION_EXPIRED");
    }

    [Fact]
    public async Task Refresh_ProlongsTheStream()
    {
        var first = await _server.MintAsync(body: """{"durationInSeconds":1800,"refreshable":true}""");
        using var lines = await SubscribeAsync(first);
        _time.Advance(TimeSpan.FromSeconds(1000));
        var second = await first.RefreshAsync();

        // The first token has expired here, and its timer has fired.
        _time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(first.ExpiresAt).AddSeconds(1));
        await second.Holder.ReadAsync(HttpMethod.Post, $"channel/{Channel}/publish", """{"message":{"a":1}}""");
        Assert.Equal("message", RunTranscript.TypeOf((await lines.NextAsync())!.Value));
        _time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(second.ExpiresAt));

        RunTranscript.AssertError((await lines.RestAsync()).Single(), "SESSION_EXPIRED");
    }

    [Fact]
    public async Task Refresh_ThatShortens_EndsTheStreamEarlier()
    {
        var session = await _server.MintAsync(body: """{"durationInSeconds":86400}""");
        using var lines = await SubscribeAsync(session);
        var shorter = await session.RefreshAsync("""{"durationInSeconds":1800}""", _owner);

        _time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(shorter.ExpiresAt));

        RunTranscript.AssertError((await lines.RestAsync()).Single(), "SESSION_EXPIRED");
    }

    [Fact]
    public async Task RevokeAll_EndsEveryStream()
    {
        _model.Otherwise(_ => new ModelScript().Text("Half").Silence());
        var sessions = new[] { await _server.MintAsync(), await _server.MintAsync(), await _server.MintAsync() };
        var streams = new List<RunLines>();
        foreach (var session in sessions)
        {
            streams.Add(await CompleteAsync(session));
            await streams[^1].UntilAsync("token");
        }

        await _owner.ReadAsync(HttpMethod.Post, "session/revoke", "{}");

        foreach (var stream in streams)
        {
            RunTranscript.AssertError((await stream.RestAsync())[^1], "SESSION_REVOKED");
            stream.Dispose();
        }
    }

    [Fact]
    public async Task CutKey_EndsTheStreamsOfItsTokensAlone()
    {
        _model.Otherwise(_ => new ModelScript().Text("Half").Silence());
        var session = await _server.MintAsync();
        using var lines = await CompleteAsync(session);
        await lines.UntilAsync("token");
        var changes = _server.App.Services.GetRequiredService<ChangeFeed>();

        changes.Publish(new Change(ChangedKinds.SigningKey, "another", "", ChangeKind.Revoked));
        using var second = await CompleteFollowAsync(session, lines.RunId!);
        await second.UntilAsync("token");
        changes.Publish(new Change(ChangedKinds.SigningKey, new JsonWebToken(session.Token).Kid, "", ChangeKind.Revoked));

        RunTranscript.AssertError((await lines.RestAsync())[^1], "SESSION_REVOKED");
        RunTranscript.AssertError((await second.RestAsync())[^1], "SESSION_REVOKED");
    }

    [Fact]
    public async Task Limit_OfStreams_IsHeldBeforeTheRunStarts()
    {
        _model.Otherwise(_ => new ModelScript().Text("Half").Silence());
        var session = await _server.MintAsync(body: """{"limits":{"streams":2}}""");
        using var first = await CompleteAsync(session);
        await first.UntilAsync("token");
        using var second = await CompleteFollowAsync(session, first.RunId!);
        await second.UntilAsync("token");

        using var third = await OpenRunAsync(session);
        await third.AssertRefusedAsync("429 SESSION_STREAM_LIMIT");
        Assert.Equal(TimeSpan.FromSeconds(1), third.Headers.RetryAfter?.Delta);
        Assert.Single(_model.Requests);
        var neighbour = await _server.MintAsync(session.ConversationId);
        using var other = await CompleteFollowAsync(neighbour, first.RunId!);
        await other.UntilAsync("token");

        // Ended streams no longer count.
        await _owner.ReadAsync(HttpMethod.Post, $"conversation/{session.ConversationId}/run/{first.RunId}/abort", "{}");
        await first.RestAsync();
        await second.RestAsync();
        using var again = await FollowRequestAsync(session.Holder, session, first.RunId!);
        await again.AssertOkAsync();
    }

    [Fact]
    public async Task Run_WithoutReadPermission_IsFollowedByItsOwnSessionAlone()
    {
        _model.Otherwise(_ => new ModelScript().Text("Whole"));
        var session = await _server.MintAsync(body: """{"permissions":["complete"]}""");
        var neighbour = await _server.MintAsync(session.ConversationId, """{"permissions":["complete"]}""");
        using var lines = await CompleteAsync(session);
        var all = await lines.RestAsync();

        var again = await FollowAsync(session.Holder, session, lines.RunId!);

        Assert.Equal(all.Select(line => line.GetRawText()), again.Events.Select(line => line.GetRawText()));
        await neighbour.Holder.AssertRefusedAsync("403 PERMISSION_MISSING", HttpMethod.Get, $"conversation/{session.ConversationId}/run/{lines.RunId}/stream");
    }

    [Fact]
    public async Task Resume_FromAnotherDeviceWithTheSameToken_LosesNothing()
    {
        var gate = new TaskCompletionSource();
        _model.Answer(script => script.Text("One", " two").WaitFor(gate.Task).Text(" three"));
        var session = await _server.MintAsync();
        string runId;
        var seen = new List<JsonElement>();
        using (var lines = await CompleteAsync(session))
        {
            runId = lines.RunId!;
            seen.AddRange(await lines.UntilAsync("token"));
        }

        using var device = _server.Client(session.Token);
        gate.SetResult();
        var rest = await FollowAsync(device, session, runId, after: seen[^1].GetProperty("id").GetInt64());

        Assert.Equal(
            Enumerable.Range(1, seen.Count + rest.Events.Count).Select(i => (long)i),
            seen.Concat(rest.Events).Select(line => line.GetProperty("id").GetInt64()));
        Assert.Equal("One two three", rest.Text);
    }

    [Fact]
    public async Task RevokeAgainstOpening_NoStreamIsMissed()
    {
        _model.Otherwise(_ => new ModelScript().Text("Half").Silence());
        for (var i = 0; i < 50; i++)
        {
            var session = await _server.MintAsync();
            var opening = OpenRunAsync(session);
            var revoking = _owner.CodeAsync(HttpMethod.Post, session.Path("revoke"), "{}");

            Assert.Equal("200", await revoking);
            using var answer = await opening;
            if (!answer.IsSuccessStatusCode)
            {
                await answer.AssertRefusedAsync("401 SESSION_REVOKED");
                continue;
            }

            using var lines = await RunLines.OpenAsync(answer);
            RunTranscript.AssertError((await lines.RestAsync())[^1], "SESSION_REVOKED");
        }
    }

    [Theory]
    [InlineData("application/jsonl")]
    [InlineData("text/event-stream")]
    public async Task Channel_OfASession_EndsWithIt(string format)
    {
        var session = await _server.MintAsync();
        using var response = await SubscribeAsync(session, format);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        Assert.NotNull(await reader.ReadLineAsync(Token));

        await _owner.ReadAsync(HttpMethod.Post, session.Path("revoke"), "{}");
        var rest = await reader.ReadToEndAsync(Token);

        Assert.Contains("SESSION_REVOKED", rest, StringComparison.Ordinal);
    }

    private static void MapSubscription(WebApplication app) => app
        .MapGet("/probe/{conversationId}/subscribe", async (HttpContext context, ChannelLogs channels, IHostApplicationLifetime lifetime) =>
            new ChannelStreamResult(
                await channels.SubscribeAsync(ChannelLogs.LogId(context.Caller().ScopeId, Channel), 0, heartbeat: null),
                ResponseFormats.Of(context.Request), lifetime.ApplicationStopping))
        .AllowAnySession().OpensStream();

    private static async Task<RunLines> SubscribeAsync(MintedSession session) =>
        await RunLines.OpenAsync(await SubscribeAsync(session, "application/jsonl"));

    /// <summary>Opens a stream. It is open when the first byte has arrived.</summary>
    private static Task<HttpResponseMessage> SubscribeAsync(MintedSession session, string accept) =>
        session.Holder.OpenAsync(HttpMethod.Get, $"/probe/{session.ConversationId}/subscribe", accept: accept);

    private static Task<HttpResponseMessage> OpenRunAsync(MintedSession session, string accept = "application/jsonl") =>
        session.Holder.OpenAsync(HttpMethod.Post, $"conversation/{session.ConversationId}/complete", """{"text":"Hello"}""", accept);

    private static Task<RunLines> CompleteAsync(MintedSession session) => RunLines.CompleteAsync(session.Holder, session.ConversationId);

    private static async Task<RunLines> CompleteFollowAsync(MintedSession session, string runId) =>
        await RunLines.OpenAsync(await FollowRequestAsync(session.Holder, session, runId));

    private static Task<HttpResponseMessage> FollowRequestAsync(HttpClient client, MintedSession session, string runId, long? after = null) =>
        client.OpenAsync(
            HttpMethod.Get, $"conversation/{session.ConversationId}/run/{runId}/stream?after={after ?? 0}", accept: null);

    /// <summary>Creates a session, and sets the clock close to its end, so that no run reaches its time limit before.</summary>
    private async Task<MintedSession> MintEndingAsync()
    {
        var session = await _server.MintAsync();
        _time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(session.ExpiresAt).AddSeconds(-2));
        return session;
    }

    private async Task EndAsync(MintedSession session)
    {
        _time.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.Equal("200", await session.LookAsync());
        _time.Advance(TimeSpan.FromMilliseconds(1));
    }

    private static async Task<RunTranscript> FollowAsync(HttpClient client, MintedSession session, string runId, long? after = null)
    {
        using var response = await FollowRequestAsync(client, session, runId, after);
        return await RunTranscript.ReadAsync(response);
    }
}
