using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Security;
using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Features.Attachments;

/// <summary>Attachments as rows, and what the conversation is told of them.</summary>
internal sealed class AttachmentStore(IStore store, IConversationHolder holder, SessionBudgets budgets, TimeProvider time)
    : IDisposable
{
    private readonly SemaphoreSlim _completing = new(1);

    public AttachmentEntity New(string id, string accountId, string conversationId, string? sessionId, string? originalName, string contentType, long size)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return new AttachmentEntity
        {
            Id = id,
            AccountId = accountId,
            ConversationId = conversationId,
            SessionId = sessionId,
            Name = AttachmentNames.NameOf(id, originalName, contentType),
            OriginalName = originalName,
            ContentType = contentType,
            Size = size,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>Stores the row of a file whose bytes are to come.</summary>
    /// <param name="row">The row.</param>
    /// <param name="use">What it counts for; null for nobody.</param>
    /// <param name="answered">Stored with it.</param>
    /// <param name="cancellationToken">Gives up before it is stored.</param>
    /// <exception cref="MissingParentException">The conversation is gone.</exception>
    public Task AddAsync(
        AttachmentEntity row, SessionUse? use, IdempotencyEntity? answered, CancellationToken cancellationToken) =>
        store.WriteAsync(
            db =>
            {
                db.Add(row);
                db.Count(use);
                db.Remember(answered);
                return true;
            },
            cancellationToken);

    /// <summary>Stores the bytes with their row.</summary>
    /// <exception cref="MissingParentException">The conversation is gone.</exception>
    public async Task AddAsync(
        AttachmentEntity row, ReceivedFile file, SessionUse? use, IdempotencyEntity? answered, CancellationToken cancellationToken)
    {
        file.Keep(row.Id);
        row.Stored = true;
        try
        {
            await AddAsync(row, use, answered, cancellationToken);
        }
        catch
        {
            file.Forget(row.Id);
            throw;
        }
    }

    /// <summary>Stores the bytes of a file that was announced; what they are less than announced is given back to the session.</summary>
    /// <returns>False when somebody else's bytes were there first; they stay.</returns>
    public async Task<bool> CompleteAsync(AttachmentEntity announced, ReceivedFile file, CancellationToken cancellationToken)
    {
        // One after the other: the second of two that arrive together must not take the place of the first.
        await _completing.WaitAsync(cancellationToken);
        try
        {
            if (await FindAsync(announced.ConversationId, announced.Name, cancellationToken) is { Stored: true })
                return false;
            await KeepAsync(announced, file, cancellationToken);
        }
        finally
        {
            _completing.Release();
        }

        await TellConversationAsync(announced);
        return true;
    }

    /// <summary>Lets the model know of the file, as a call that was made and answered.</summary>
    public async Task TellConversationAsync(AttachmentEntity row)
    {
        var arguments = new JsonObject { ["url"] = AttachedFiles.AddressOf(row.Name), ["type"] = row.ContentType };
        if (row.OriginalName is not null)
            arguments["name"] = row.OriginalName;
        var json = arguments.ToJsonString(ChatBotKitJson.ServerOptions);
        var request = new ToolActivity(ToolActivity.Request, $"call_{Ids.Short()}", ToolActivity.UploadFunction, json, Result: null)
        {
            IsOfUpload = row.SessionId is not null,
        };
        foreach (var activity in (ToolActivity[])[request, request with { Kind = ToolActivity.Response, Result = json }])
        {
            var message = new NewMessage(TranscriptMessage.ActivityType, "") { Meta = activity.ToMeta() };
            await holder.AppendAsync(row.AccountId, row.ConversationId, message, idempotency: null);
        }
    }

    public Task<AttachmentEntity?> FindAsync(string conversationId, string name, CancellationToken cancellationToken) =>
        store.ReadAsync(
            (db, token) => db.Attachments.FirstOrDefaultAsync(row => row.ConversationId == conversationId && row.Name == name, token),
            cancellationToken);

    public Task<AttachmentEntity?> FindByIdAsync(string conversationId, string id, CancellationToken cancellationToken) =>
        store.ReadAsync(
            (db, token) => db.Attachments.FirstOrDefaultAsync(row => row.ConversationId == conversationId && row.Id == id, token),
            cancellationToken);

    /// <summary>A page of the files that are there, the oldest first.</summary>
    public Task<List<AttachmentEntity>> ListAsync(string conversationId, string? cursor, int take, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async (db, token) =>
            {
                var rows = db.Attachments.Where(row => row.ConversationId == conversationId && row.Stored);
                if (cursor is not null)
                {
                    var seen = await rows.Where(row => row.Id == cursor).Select(row => (long?)row.CreatedAt).FirstOrDefaultAsync(token);
                    if (seen is not { } at)
                        return [];
                    rows = rows.Where(row => row.CreatedAt > at || (row.CreatedAt == at && string.Compare(row.Id, cursor) > 0));
                }

                return await rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Take(take).ToListAsync(token);
            },
            cancellationToken);

    public void Dispose() => _completing.Dispose();

    private async Task KeepAsync(AttachmentEntity announced, ReceivedFile file, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        file.Keep(announced.Id);
        // Looked up before: what is read from the row after the write has it already.
        var budget = budgets.Find(announced.SessionId);
        var spare = await store.WriteAsync(
            db =>
            {
                if (db.Attachments.SingleOrDefault(row => row.Id == announced.Id) is not { } row)
                    return 0;
                var unused = SessionBudget.ChargeOf(row.Size) - SessionBudget.ChargeOf(file.Size);
                db.Count(row.SessionId is null ? null : new SessionUse(row.SessionId, AttachmentBytes: -unused));
                (row.Stored, row.Size, row.UpdatedAt) = (true, file.Size, now);
                return unused;
            },
            cancellationToken);
        budget?.GiveBack(messages: 0, spare);
    }
}
