using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>Stores attachments, and adds the messages about them to the conversation.</summary>
internal sealed class AttachmentStore(IStore store, IConversationHolder holder, SessionBudgets budgets, TimeProvider time)
{
    public AttachmentRow New(string id, string accountId, string conversationId, string? sessionId, string? originalName, string contentType, long size)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return new AttachmentRow
        {
            Id = id,
            AccountId = accountId,
            ConversationId = conversationId,
            SessionId = sessionId,
            Name = FileNames.NameOf(id, originalName, contentType),
            OriginalName = originalName,
            ContentType = contentType,
            Size = size,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>Stores the row of an announced file.</summary>
    /// <param name="row">The row.</param>
    /// <param name="use">The use to add to a session; null for none.</param>
    /// <param name="answered">The idempotency row, which is stored with it; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the write before it begins.</param>
    /// <exception cref="MissingParentException">The conversation was deleted.</exception>
    public Task AddAsync(
        AttachmentRow row, SessionUse? use, IdempotencyRow? answered, CancellationToken cancellationToken) =>
        store.ChangeAsync(
            async db =>
            {
                await db.InsertAsync(AttachmentTable.Rows, row);
                await db.CountAsync(use);
                await db.RememberAsync(answered);
                return true;
            },
            cancellationToken);

    /// <summary>Stores a received file with its row.</summary>
    /// <exception cref="MissingParentException">The conversation was deleted.</exception>
    public Task AddAsync(
        AttachmentRow row, ReceivedFile file, SessionUse? use, IdempotencyRow? answered, CancellationToken cancellationToken) =>
        file.KeepAsync(async blobId =>
        {
            row.BlobId = blobId;
            await AddAsync(row, use, answered, cancellationToken);
            return null;
        });

    /// <summary>Stores the bytes of an announced file. If there are fewer than announced, the session gets the difference back.</summary>
    /// <exception cref="ApiException">
    /// 404: the conversation was deleted; 409: an earlier request has already stored the bytes, which are kept.
    /// </exception>
    public async Task CompleteAsync(AttachmentRow announced, ReceivedFile file, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var unused = SessionBudget.ChargeOf(announced.Size) - SessionBudget.ChargeOf(file.Size);
        // The budget is looked up before the write, because a budget that is loaded afterwards already includes the change.
        var budget = budgets.Find(announced.SessionId);
        await file.KeepAsync(blobId => store.ChangeAsync(
            async db =>
            {
                if (await db.FindAttachmentAsync(announced.ConversationId, announced.Id) is not { } row)
                    return AttachmentUploads.NotFound();
                if (row.IsStored)
                    return AttachmentUploads.Taken();
                await db.CountAsync(row.SessionId is null ? null : new SessionUse(row.SessionId, AttachmentBytes: -unused));
                (row.BlobId, row.Size, row.UpdatedAt) = (blobId, file.Size, now);
                await db.UpdateAsync(AttachmentTable.Rows, row);
                return null;
            },
            cancellationToken));
        budget?.GiveBack(messages: 0, unused);
        await TellConversationAsync(announced);
    }

    /// <summary>Adds a function call with a result to the conversation, which tells the model of the file.</summary>
    public async Task TellConversationAsync(AttachmentRow row)
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
            (await holder.AppendAsync(row.AccountId, row.ConversationId, message, kept: null)).ThrowIfRefused();
        }
    }

    public ValueTask<AttachmentRow?> FindAsync(string conversationId, string name, CancellationToken cancellationToken) =>
        store.QueryAsync(db => db.FindAttachmentByNameAsync(conversationId, name), cancellationToken);

    public ValueTask<AttachmentRow?> FindByIdAsync(string conversationId, string id, CancellationToken cancellationToken) =>
        store.QueryAsync(db => db.FindAttachmentAsync(conversationId, id), cancellationToken);

    /// <summary>Lists a page of the uploaded files, oldest first.</summary>
    public async Task<IReadOnlyList<AttachmentRow>> ListAsync(
        string conversationId, string? cursor, int take, CancellationToken cancellationToken)
    {
        var page = new ListPage(cursor, Descending: false, take);
        var piece = await store.QueryAsync(
            db => db.ReadPieceAsync(
                AttachmentTable.Rows,
                scope => scope.Add($" AND \"ConversationId\" = {conversationId} AND \"BlobId\" IS NOT NULL"),
                filter: null, page, static _ => 0L),
            cancellationToken);
        return piece.Items;
    }
}
