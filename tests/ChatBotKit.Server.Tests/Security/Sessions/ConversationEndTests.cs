using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.Server.Tests.Features;
using ChatBotKit.TestModels;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>The end of open streams when their conversation is deleted or gets another contact.</summary>
public sealed class ConversationEndTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private ScriptedModelServer _model = null!;
    private ServerFactory _server = null!;
    private HttpClient _owner = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _model = await ScriptedModelServer.StartAsync(Token);
        _model.Otherwise(_ => new ModelScript().Text("Half").Silence());
        var settings = EngineServer.Settings(_model);
        settings["OPENAI_FIRST_BYTE_SECONDS"] = settings["OPENAI_SILENCE_SECONDS"] = "86400";
        _server = await ServerFactory.StartAsync(time: _time, settings: settings);
        _owner = _server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _server.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task Delete_EndsTheStreamsOfItsSessionsAlone()
    {
        var (session, neighbour) = (await _server.MintAsync(), await _server.MintAsync());
        using var lines = await CompleteAsync(session);
        using var others = await CompleteAsync(neighbour);

        await _owner.ReadAsync(HttpMethod.Post, $"conversation/{session.ConversationId}/delete", "{}");

        RunTranscript.AssertError((await lines.RestAsync())[^1], "SESSION_REVOKED", "The session was deleted with its conversation");
        Assert.Equal(("401 NOT_AUTHENTICATED", "200"), (await session.LookAsync(), await neighbour.LookAsync()));
        await _owner.ReadAsync(HttpMethod.Post, neighbour.Path("revoke"), "{}");
        RunTranscript.AssertError((await others.RestAsync())[^1], "SESSION_REVOKED", "The session was revoked");
    }

    [Fact]
    public async Task Expiry_OfTheConversation_EndsTheStreamsOfItsSessions()
    {
        var id = ApiJson.Id(await _owner.ReadAsync(
            HttpMethod.Post, "conversation/create", $$"""{"expiresAt":{{_time.GetUtcNow().AddSeconds(30).ToUnixTimeMilliseconds()}}}"""));
        var session = await _server.MintAsync(id);
        using var lines = await CompleteAsync(session);

        _time.Advance(TimeSpan.FromMinutes(1));

        RunTranscript.AssertError((await lines.RestAsync())[^1], "SESSION_REVOKED", "The session was deleted with its conversation");
        Assert.Equal("401 NOT_AUTHENTICATED", await session.LookAsync());
    }

    [Theory]
    [InlineData("update", """{"contactId":"{0}"}""")]
    [InlineData("contact/upsert", """{"fingerprint":"fingerprint-of-Eve","name":"Eve"}""")]
    public async Task AnotherContact_EndsTheStreamsOfTheFirstContactsSessions(string operation, string body)
    {
        var (first, second) = (await AddContactAsync("Ada"), await AddContactAsync("Eve"));
        var id = await _server.AddConversationAsync();
        var session = await _server.MintAsync(id, $$"""{"contactId":"{{first}}"}""");
        var unbound = await _server.MintAsync(id);
        using var lines = await CompleteAsync(session);
        using var follow = await RunLines.OpenAsync(await unbound.Holder.OpenAsync(
            HttpMethod.Get, $"conversation/{id}/run/{lines.RunId}/stream", accept: null));

        await _owner.ReadAsync(HttpMethod.Post, $"conversation/{id}/{operation}", body.Replace("{0}", second, StringComparison.Ordinal));

        RunTranscript.AssertError((await lines.RestAsync())[^1], "CONTACT_MISMATCH", "The conversation is with another contact than the session");
        Assert.Equal(("403 CONTACT_MISMATCH", "200"), (await session.LookAsync(), await unbound.LookAsync()));
        await _owner.ReadAsync(HttpMethod.Post, unbound.Path("revoke"), "{}");
        RunTranscript.AssertError((await follow.RestAsync())[^1], "SESSION_REVOKED", "The session was revoked");
    }

    [Fact]
    public async Task DeletedContact_EndsTheStreamsInItsConversations()
    {
        var contact = await AddContactAsync("Ada");
        var id = ApiJson.Id(await _owner.ReadAsync(HttpMethod.Post, "conversation/create", $$"""{"contactId":"{{contact}}"}"""));
        var (session, neighbour) = (await _server.MintAsync(id), await _server.MintAsync());
        using var lines = await CompleteAsync(session);
        using var others = await CompleteAsync(neighbour);

        await _owner.ReadAsync(HttpMethod.Post, $"contact/{contact}/delete", "{}");

        RunTranscript.AssertError((await lines.RestAsync())[^1], "SESSION_REVOKED", "The session was revoked");
        Assert.Equal(("401 SESSION_REVOKED", "200"), (await session.LookAsync(), await neighbour.LookAsync()));
        await _owner.ReadAsync(HttpMethod.Post, neighbour.Path("revoke"), "{}");
        RunTranscript.AssertError((await others.RestAsync())[^1], "SESSION_REVOKED", "The session was revoked");
    }

    /// <summary>Starts a run that has sent some tokens and is still active.</summary>
    private static async Task<RunLines> CompleteAsync(MintedSession session)
    {
        var lines = await RunLines.CompleteAsync(session.Holder, session.ConversationId);
        await lines.UntilAsync("token");
        return lines;
    }

    private Task<string> AddContactAsync(string name) => _server.AddContactAsync(name, verified: true);
}
