using System.Net;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.Server.Tests.Features;
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
        var (client, id) = await CreateAsync("{}");
        var conversation = await _server.AddConversationAsync();
        using var lines = await CompleteAsync(client, conversation);
        await lines.UntilAsync("token");

        await _owner.ReadAsync(HttpMethod.Post, $"server/token/{id}/revoke", "{}");
        var rest = await lines.RestAsync();

        Assert.Equal("NOT_AUTHENTICATED", rest[^1].GetProperty("data").Text("code"));
        gate.SetResult();
        using var followed = await _owner.GetAsync(new Uri($"/v1/conversation/{conversation}/run/{lines.RunId}/stream", UriKind.Relative), Token);
        Assert.Contains("Half and half", await followed.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expiry_EndsTheStreamInTheMiddle()
    {
        _model.Answer(script => script.Text("Half").Silence());
        var end = _time.GetUtcNow().AddDays(2).ToUnixTimeMilliseconds();
        var (client, _) = await CreateAsync($$"""{"expiresAt":{{end}}}""");
        // The run's own time limit must not be reached: only the last second passes while the stream is open.
        _time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(end).AddSeconds(-1));
        using var lines = await CompleteAsync(client, await _server.AddConversationAsync());
        await lines.UntilAsync("token");

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("NOT_AUTHENTICATED", (await lines.RestAsync())[^1].GetProperty("data").Text("code"));
    }

    [Fact]
    public async Task Revoke_EndsASubscription()
    {
        var (client, id) = await CreateAsync("{}");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/channel/0123456789abcdef/subscribe")
        {
            Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
        };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        await reader.ReadLineAsync(Token);

        await _owner.ReadAsync(HttpMethod.Post, $"server/token/{id}/revoke", "{}");

        Assert.Contains("NOT_AUTHENTICATED", await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_OfATokenThatWasRevokedMeanwhile_IsNotOpened()
    {
        var (_, id) = await CreateAsync("{}");
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

    private async Task<(HttpClient Client, string Id)> CreateAsync(string body)
    {
        var made = await _owner.ReadAsync(HttpMethod.Post, "server/token/create", body);
        return (_server.Client(made.Text("token")), made.Text("id")!);
    }

    private static async Task<RunLines> CompleteAsync(HttpClient client, string conversation)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/conversation/{conversation}/complete")
        {
            Content = new StringContent("""{"text":"Hello"}""", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Accept", "application/jsonl");
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await RunLines.OpenAsync(response);
    }
}
