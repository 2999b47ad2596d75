using ChatBotKit.Server.Changes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Faults.Simulation;

/// <summary>
/// Replaces the routes: it makes the same calls of the engine and of the checks of sessions, in the same order, without HTTP. It
/// runs on the scheduler of the server.
/// </summary>
internal sealed class Endpoints(World world, SimulatedProcess process)
{
    public const string Account = "owner";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    public async Task<string> AppendAsync(string? sessionId, string conversationId, string text, string? key)
    {
        var caller = await AuthenticateAsync(sessionId);
        return await RunOnceAsync(caller, key, async call =>
        {
            var message = new NewMessage(TranscriptMessage.User, text) { Id = $"m{world.Ledger.NextNumber()}", SessionId = sessionId };
            world.Ledger.Tried(message.Id, text);
            (await process.Holder.AppendAsync(Account, conversationId, message, call.KeptFrom(message.Id))).ThrowIfRefused();
            return message.Id;
        });
    }

    /// <summary>Starts a run and streams it, or streams the run that an earlier request with the same key has started.</summary>
    public Task StreamAsync(Connection connection, RunRequest request) => ServeAsync(connection, async () =>
    {
        var caller = await AuthenticateAsync(request.SessionId);
        using var stream = await OpenAsync(caller);
        var runId = await StartAsync(caller, request);
        connection.RunId = runId;
        world.Note("read", runId);
        await CopyAsync(process.Logs.Read(runId, after: 0, Heartbeat), connection, runId, stream);
    });

    public Task FollowAsync(Connection connection, KnownRun run, long after) => ServeAsync(connection, async () =>
    {
        var caller = await AuthenticateAsync(run.Request.SessionId);
        using var stream = await OpenAsync(caller);
        if (await process.Store.FindRunAsync(run.Id, connection.Left) is null)
            throw ApiException.NotFound("Run");
        var from = world.Sabotage == Sabotage.ResumeTooEarly && after > 0 ? after - 1 : after;
        await CopyAsync(process.Logs.Read(run.Id, from, Heartbeat), connection, run.Id, stream);
    });

    public async Task<string> DispatchAsync(RunRequest request) =>
        await StartAsync(await AuthenticateAsync(request.SessionId), request);

    public Task SubscribeAsync(Connection connection, string? sessionId, string logId, int history) => ServeAsync(connection, async () =>
    {
        var caller = await AuthenticateAsync(sessionId);
        using var stream = await OpenAsync(caller);
        using var subscription = await process.Channels.SubscribeAsync(logId, history, Heartbeat);
        await CopyAsync(subscription.Reader, connection, logId, stream);
    });

    public async Task<string> PublishAsync(string? sessionId, string logId, string message, string? key)
    {
        var caller = await AuthenticateAsync(sessionId);
        return await RunOnceAsync(caller, key, async call =>
        {
            await process.Channels.PublishAsync(logId, System.Text.Encoding.UTF8.GetBytes(message), call.AnsweredFrom(message));
            return message;
        });
    }

    /// <returns>Whether there is such a session. One that was deleted with its conversation can't be revoked any more.</returns>
    public Task<bool> RevokeAsync(string sessionId)
    {
        var now = process.Engine.Now();
        return process.Store.AnnounceAsync(disk =>
        {
            if (!disk.Sessions.TryGetValue(sessionId, out var row))
                return null;
            if (row.RevokedAt is null)
                disk.Sessions[sessionId] = Rows.Revoked(row, now);
            return row.Changed(ChangeKind.Revoked);
        });
    }

    public Task<bool> TellAsync(string conversationId, string backstory) => process.Store.AnnounceAsync(disk =>
    {
        if (!disk.Conversations.TryGetValue(conversationId, out var row))
            return null;
        disk.Conversations[conversationId] = Rows.Told(row, backstory);
        return row.Changed(ChangeKind.Updated);
    });

    public async Task<bool> RemoveAsync(string conversationId)
    {
        await process.Store.AnnounceAsync(disk =>
        {
            var row = disk.Conversations.GetValueOrDefault(conversationId);
            disk.Remove(conversationId);
            return row?.Changed(ChangeKind.Deleted);
        });
        return true;
    }

    public async Task<bool> AbortAsync(KnownRun run) =>
        world.Sabotage == Sabotage.ForgetTheAbort || await process.Holder.AbortAsync(Account, run.Request.ConversationId, run.Id);

    public async Task<string?> CompactAsync(string conversationId) =>
        (await process.Holder.CompactAsync(Account, conversationId, $"m{world.Ledger.NextNumber()}", kept: null)).OrThrow().MessageId;

    /// <summary>Does what the authentication does with a token that has a valid signature.</summary>
    private async Task<Caller> AuthenticateAsync(string? sessionId)
    {
        if (sessionId is null)
            return new Caller { AccountId = Account, ScopeId = Account };
        var isRevoked = world.Ledger.IsRevoked(sessionId);
        var session = await process.Sessions.FindAsync(sessionId, CancellationToken.None) ?? throw ApiException.NotAuthenticated();
        if (Session.EndOf(session.Row, process.Engine.Now()) is { } end)
            throw end;
        if (isRevoked)
            world.Violate($"session {sessionId} gets in after it was revoked");
        await process.Contacts.RequireAsync(session.Row, CancellationToken.None);
        await process.Budgets.CountRequestAsync(session.Row, CancellationToken.None);
        var token = new VerifiedToken(sessionId, session.Row.ConversationId, 1, "key", DateTimeOffset.MaxValue);
        return new Caller { AccountId = Account, ScopeId = sessionId, Session = new CallerSession(session, token) };
    }

    private Task<string> StartAsync(Caller caller, RunRequest request) => RunOnceAsync(caller, request.Key, async call =>
    {
        var run = world.Ledger.NewRun(request);
        var handle = (await process.Holder.StartAsync(request.ConversationId, request.ToInput(run.Id), call.KeptFrom(run.Id))).OrThrow();
        // A run with a key or a channel is stored before it is acknowledged.
        run.IsAcknowledged = request.Key is not null || request.ChannelLogId is not null;
        return handle.RunId;
    });

    private async ValueTask<SessionStream?> OpenAsync(Caller caller) =>
        caller.Session is { } holder ? await process.Streams.OpenAsync(holder, CancellationToken.None) : null;

    private async Task<string> RunOnceAsync(Caller caller, string? key, Func<IdempotentCall, Task<string>> handle)
    {
        var context = new DefaultHttpContext();
        if (key is null || world.Sabotage == Sabotage.ForgetTheKey)
            return await handle(new IdempotentCall(context, key: null, process.Clock));
        context.Features.Set(caller);
        context.Request.Headers[ApiHeaders.IdempotencyKey] = key;
        var result = await process.Idempotency.RunAsync(
            context, bodyHash: null,
            async call => new Answer(await handle(call)),
            replay: (_, earlier) => Task.FromResult<IResult>(new Answer(earlier.ResultId!)));
        return ((Answer)result).Id;
    }

    private async Task CopyAsync(LogReader reader, Connection connection, string logId, SessionStream? stream)
    {
        using var reading = reader;
        await using var ending = (stream?.Ended ?? default)
            .UnsafeRegister(static state => ((LogReader)state!).Stop(), reader);
        if (stream?.Reason is { } over)
            throw over;
        while (true)
        {
            var read = await reader.ReadAsync(connection.Left);
            if (read == LogRead.Lines)
            {
                do
                    connection.Write(logId, reader.Current);
                while (world.Random.Next(2) == 0 && reader.TryRead());
            }
            else if (read != LogRead.Heartbeat)
            {
                connection.Close(read);
                return;
            }
            await world.PauseAsync();
        }
    }

    private async Task ServeAsync(Connection connection, Func<Task> handle)
    {
        try
        {
            await handle();
        }
        catch (OperationCanceledException) when (connection.Left.IsCancellationRequested)
        {
            connection.Break();
        }
        catch (Exception exception)
        {
            connection.Refuse(exception);
        }
        process.Remove(connection);
    }

    private sealed record Answer(string Id) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => throw new NotSupportedException();
    }
}
