using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using ChatBotKit.Server.Tests.Features;
using Microsoft.AspNetCore.Builder;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>A client that writes until the server refuses it because of a move, and remembers what was acknowledged.</summary>
internal sealed class MovingClient
{
    private const int MaxRounds = 5_000;

    private readonly HttpClient _owner;
    private readonly string _conversation;
    private readonly List<string> _messages = [];
    private readonly List<string> _bots = [];
    private readonly List<string> _deletedBots = [];
    private readonly Dictionary<string, byte[]> _files = [];
    private readonly string _file;
    private string _content = "";
    private volatile int _rounds;
    private volatile bool _isRefused;

    private MovingClient(HttpClient owner, string conversation, string file) => (_owner, _conversation, _file) = (owner, conversation, file);

    /// <summary>The number of rounds that were acknowledged.</summary>
    public int Rounds => _rounds;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<MovingClient> StartAsync(WebApplication app)
    {
        var owner = ServerFactory.ClientOf(app);
        return new MovingClient(
            owner,
            ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "conversation/create", "{}")),
            ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "file/create", "{}")));
    }

    /// <summary>Waits until this many rounds were acknowledged.</summary>
    public async Task WhenAtAsync(int rounds)
    {
        while (_rounds < rounds && !_isRefused)
            await Task.Delay(1, Token);
    }

    public async Task WorkAsync()
    {
        for (var round = 0; round < MaxRounds && !_isRefused; round++)
        {
            if (await SendAsync("bot/create", """{"name":"moved"}""") is { } bot)
                _bots.Add(ApiJson.Id(bot));
            if (await SendAsync($"conversation/{_conversation}/message/create", """{"type":"user","text":"hello"}""") is { } message)
                _messages.Add(ApiJson.Id(message));
            if (_bots.Count > 3 && await SendAsync($"bot/{_bots[0]}/delete", "{}") is not null)
            {
                _deletedBots.Add(_bots[0]);
                _bots.RemoveAt(0);
            }

            if (!_isRefused)
                await UploadAsync();
            if (!_isRefused)
                await ReplaceAsync($"content {round}");
            _rounds = round + 1;
        }
    }

    /// <summary>Checks that a server has what was acknowledged, and nothing that was refused.</summary>
    public async Task AssertStoredAsync(WebApplication app)
    {
        Assert.True(_isRefused);
        using var owner = ServerFactory.ClientOf(app);
        var messages = new List<string>();
        for (var cursor = ""; ; cursor = $"&cursor={messages[^1]}")
        {
            var page = (await owner.ReadAsync(HttpMethod.Get, $"conversation/{_conversation}/message/list?order=asc&take=100{cursor}")).Items().ToList();
            // An uploaded file adds messages of its own.
            messages.AddRange(page.Select(ApiJson.Id));
            if (page.Count < 100)
                break;
        }

        Assert.Equal(messages.Count, messages.Distinct().Count());
        Assert.Empty(_messages.Except(messages));
        // Of a refused upload, one message may be stored.
        Assert.InRange(messages.Count, _messages.Count + (_files.Count * 2), _messages.Count + (_files.Count * 2) + 1);
        foreach (var bot in _bots)
            await owner.ReadAsync(HttpMethod.Get, $"bot/{bot}/fetch");
        foreach (var bot in _deletedBots)
            await owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"bot/{bot}/fetch");
        foreach (var (name, bytes) in _files)
        {
            using var answer = await owner.SendAsync(HttpMethod.Get, $"conversation/{_conversation}/attachment/{name}/download");
            Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(Token));
        }

        Assert.Equal(_content, await owner.ReadTextAsync($"file/{_file}/download", "*/*"));
        await owner.ReadAsync(HttpMethod.Post, $"conversation/{_conversation}/message/create", """{"type":"user","text":"after"}""");
    }

    private async Task UploadAsync()
    {
        var bytes = RandomNumberGenerator.GetBytes(1000);
        using var answer = await _owner.SendFileAsync(_conversation, new ByteArrayContent(bytes), "image/png", key: null);
        if (await ReadAsync(answer) is { } file)
            _files[file.Text("name")!] = bytes;
    }

    /// <summary>Gives the client's file another content.</summary>
    private async Task ReplaceAsync(string content)
    {
        using var answer = await _owner.SendTextAsync(_file, content);
        if (await ReadAsync(answer) is not null)
            _content = content;
    }

    private async Task<JsonElement?> SendAsync(string path, string body)
    {
        if (_isRefused)
            return null;
        using var answer = await _owner.SendAsync(HttpMethod.Post, path, body);
        return await ReadAsync(answer);
    }

    /// <returns>The answer; null when the server refused the request because of the move.</returns>
    private async Task<JsonElement?> ReadAsync(HttpResponseMessage answer)
    {
        if (answer.StatusCode == HttpStatusCode.OK)
            return await answer.ReadAsync();
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("moves to PostgreSQL", text, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter?.Delta);
        _isRefused = true;
        return null;
    }
}
