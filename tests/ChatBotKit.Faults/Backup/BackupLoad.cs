using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace ChatBotKit.Faults.Backup;

/// <summary>Writers that keep a server busy and record what it has acknowledged.</summary>
internal sealed class BackupLoad(BackupServer server)
{
    private const int Writers = 4;

    private readonly ConcurrentQueue<KeptMessage> _messages = [];
    private readonly ConcurrentQueue<KeptSession> _sessions = [];
    private readonly ConcurrentQueue<KeptFile> _files = [];
    private readonly ConcurrentQueue<KeptRun> _runs = [];
    private Task _writing = Task.CompletedTask;
    private volatile bool _isStopping;

    /// <summary>Everything that was acknowledged so far.</summary>
    public Acknowledged Now => new([.. _messages], [.. _sessions], [.. _files], [.. _runs]);

    /// <summary>The number of messages that were acknowledged so far.</summary>
    public int Messages => _messages.Count;

    public void Start()
    {
        _isStopping = false;
        _writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(WriteAsync));
    }

    /// <summary>Throws when a writer has failed, so that no test waits for it.</summary>
    public void ThrowIfFailed()
    {
        if (_writing.IsFaulted)
            _writing.GetAwaiter().GetResult();
    }

    /// <summary>Stops the writers. Fails when a write was refused.</summary>
    public Task StopAsync()
    {
        _isStopping = true;
        return _writing;
    }

    private async Task WriteAsync(int writer)
    {
        for (var round = 0; !_isStopping; round++)
        {
            var conversation = Id(await server.PostAsync("conversation/create", "{}"));
            for (var number = 0; number < 5; number++)
                await WriteMessageAsync(conversation, $"{writer}/{round}/{number} {new string('x', 500)}");
            var session = await WriteSessionAsync(conversation);
            if (round % 2 == 0)
                await WriteFileAsync(conversation, 1000 * (round % 40));
            if (round % 3 == 0)
                await WriteRunAsync(session);
        }
    }

    private async Task WriteMessageAsync(string conversation, string text)
    {
        var answer = await server.PostAsync($"conversation/{conversation}/message/create", $$"""{"type":"user","text":"{{text}}"}""");
        _messages.Enqueue(new KeptMessage(conversation, Id(answer), text));
    }

    private async Task<KeptSession> WriteSessionAsync(string conversation)
    {
        var answer = await server.PostAsync($"conversation/{conversation}/session/create", "{}");
        var session = new KeptSession(conversation, answer.GetProperty("token").GetString()!);
        _sessions.Enqueue(session);
        return session;
    }

    private async Task WriteFileAsync(string conversation, int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size + 1);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var answer = await server.PostAsync($"conversation/{conversation}/attachment/upload", content);
        _files.Enqueue(new KeptFile(conversation, answer.GetProperty("name").GetString()!, SHA256.HashData(bytes)));
    }

    private async Task WriteRunAsync(KeptSession session)
    {
        var id = await server.CompleteAsync(session.ConversationId, session.Token);
        var run = new KeptRun(session.ConversationId, session.Token, id, []);
        _runs.Enqueue(run with { Lines = await server.FollowAsync(run, after: 0) });
    }

    private static string Id(JsonElement answer) => answer.GetProperty("id").GetString()!;
}

/// <summary>The writes that a server has acknowledged.</summary>
internal sealed record Acknowledged(
    IReadOnlyList<KeptMessage> Messages, IReadOnlyList<KeptSession> Sessions, IReadOnlyList<KeptFile> Files, IReadOnlyList<KeptRun> Runs);

internal sealed record KeptMessage(string ConversationId, string Id, string Text);

internal sealed record KeptSession(string ConversationId, string Token);

internal sealed record KeptFile(string ConversationId, string Name, byte[] Sha256);

internal sealed record KeptRun(string ConversationId, string Token, string Id, byte[] Lines);
