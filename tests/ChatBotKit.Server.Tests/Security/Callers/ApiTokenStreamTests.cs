using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.TestModels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>The open streams of a token end with it.</summary>
public sealed class ApiTokenStreamTests : IAsyncLifetime
{
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
    public async Task Revoke_EndsTheStreamAtOnceAndTheRunGoesOn()
    {
        var gate = new TaskCompletionSource();
        _model.Answer(script => script.Text("Half").WaitFor(gate.Task).Text(" and half"));
        var (client, id) = await CreateTokenAsync("{}");
        var conversation = await _server.AddConversationAsync();
        using var lines = await RunLines.CompleteAsync(client, conversation);
        await lines.UntilAsync("token");

        await _owner.ReadAsync(HttpMethod.Post, $"server/token/{id}/revoke", "{}");
        var rest = await lines.RestAsync();

        RunTranscript.AssertError(rest[^1], "NOT_AUTHENTICATED");
        gate.SetResult();
        var followed = await _owner.ReadTextAsync($"conversation/{conversation}/run/{lines.RunId}/stream");
        Assert.Contains("Half and half", followed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expiry_EndsTheStreamInTheMiddle()
    {
        _model.Answer(script => script.Text("Half").Silence());
        var end = _time.GetUtcNow().AddDays(2).ToUnixTimeMilliseconds();
        var (client, _) = await CreateTokenAsync($$"""{"expiresAt":{{end}}}""");
        // The run's own time limit must not be reached: only the last second passes while the stream is open.
        _time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(end).AddSeconds(-1));
        using var lines = await RunLines.CompleteAsync(client, await _server.AddConversationAsync());
        await lines.UntilAsync("token");

        _time.Advance(TimeSpan.FromSeconds(1));

        RunTranscript.AssertError((await lines.RestAsync())[^1], "NOT_AUTHENTICATED");
    }

    [Fact]
    public async Task Revoke_EndsASubscription()
    {
        var (client, id) = await CreateTokenAsync("{}");
        using var response = await client.OpenAsync(HttpMethod.Post, "channel/0123456789abcdef/subscribe", "{}", accept: null);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        await reader.ReadLineAsync(Token);

        await _owner.ReadAsync(HttpMethod.Post, $"server/token/{id}/revoke", "{}");

        Assert.Contains("NOT_AUTHENTICATED", await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_OfATokenThatWasRevokedMeanwhile_IsNotOpened()
    {
        var (_, id) = await CreateTokenAsync("{}");
        var secret = await _server.CreateApiTokenAsync(await _server.OwnerAccountIdAsync());
        var (tokens, streams) = (_server.App.Services.GetRequiredService<ApiTokens>(), _server.App.Services.GetRequiredService<ApiTokenStreams>());
        var found = (await tokens.FindAsync(secret, Token))!;
        await _owner.ReadAsync(HttpMethod.Post, $"server/token/{found.Id}/revoke", "{}");

        await Assert.ThrowsAsync<ChatBotKit.Server.Errors.ApiException>(async () => await streams.OpenAsync(found, found.Row.AccountId, Token));

        Assert.Equal(0, streams.Count);
        Assert.NotEqual(id, found.Id);
    }

    [Fact]
    public async Task Cut_EndsTheStreamsOfItsTokenAlone()
    {
        var account = await _server.OwnerAccountIdAsync();
        var (tokens, streams) = (_server.App.Services.GetRequiredService<ApiTokens>(), _server.App.Services.GetRequiredService<ApiTokenStreams>());
        var one = (await tokens.FindAsync(await _server.CreateApiTokenAsync(account), Token))!;
        var other = (await tokens.FindAsync(await _server.CreateApiTokenAsync(account), Token))!;
        var (first, second, third) = (await streams.OpenAsync(one, account, Token), await streams.OpenAsync(other, account, Token), await streams.OpenAsync(one, account, Token));

        _server.App.Services.GetRequiredService<ChangeFeed>().Publish(new Change(ChangedKinds.ApiToken, one.Id, account, ChangeKind.Revoked));

        Assert.Equal([true, false, true], new[] { first, second, third }.Select(stream => stream.Ended.IsCancellationRequested));
        Assert.Equal(3, streams.Count);
        first.Dispose();
        second.Dispose();
        third.Dispose();
        Assert.Equal(0, streams.Count);
    }

    private async Task<(HttpClient Client, string Id)> CreateTokenAsync(string body)
    {
        var made = await _owner.ReadAsync(HttpMethod.Post, "server/token/create", body);
        return (_server.Client(made.Text("token")), made.Text("id")!);
    }
}
