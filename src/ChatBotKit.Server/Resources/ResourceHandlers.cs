using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Resources;

/// <summary>Creates, updates, clones and deletes resources of every kind.</summary>
internal sealed class ResourceHandlers(
    ResourceStore store, ResourceEdit edit, ResourceRemoval removal, TimeProvider time)
{
    /// <summary>How often an update is tried when the resource is changed concurrently.</summary>
    private const int MaxTries = 5;

    /// <exception cref="ApiException">400: a field is invalid; 404: the parent does not exist; 409: the key is taken.</exception>
    public async Task<IResult> CreateAsync(ResourceRequest request, ResourceBody body, IdempotentCall call)
    {
        var kind = request.Kind;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var faults = new Faults();
            var fields = body.Fields.DeepClone().AsObject();
            var parentId = await store.ReadAsync(
                async db =>
                {
                    await db.ResolveAsync(kind, fields, request.AccountId, faults);
                    return await request.ParentIdAsync(db);
                },
                request.Cancelled);
            var (now, id) = NewId();
            var content = edit.Create(kind, id, parentId, fields, faults);
            faults.ThrowIfAny();
            var row = RowOf(kind, id, request.AccountId, parentId, content, now);
            var answered = kind.IsAnsweredWhole ? call.AnsweredJson(ResourceAnswer.JsonOf(row)) : call.Answered(new IdResponse { Id = id });
            if (await InsertAsync(kind, row, content, answered, request.Cancelled))
                return kind.IsAnsweredWhole ? new ResourceAnswer(row) : JsonAnswer.Of(new IdResponse { Id = id });
        }

        throw Busy(kind);
    }

    /// <exception cref="ApiException">
    /// 400: a field is invalid; 404: the resource does not exist; 409: the key is taken, or every try met a concurrent change.
    /// </exception>
    public async Task<IResult> UpdateAsync(ResourceRequest request, ResourceBody body, IdempotentCall call)
    {
        var kind = request.Kind;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var faults = new Faults();
            var fields = body.Fields.DeepClone().AsObject();
            var row = await store.ReadAsync(
                async db =>
                {
                    var found = await request.FindOwnAsync(db);
                    await db.ResolveAsync(kind, fields, request.AccountId, faults);
                    return found;
                },
                request.Cancelled);
            var content = edit.Update(kind, row, fields, faults);
            faults.ThrowIfAny();
            if (await UpdateAsync(kind, row, content, call, request.Cancelled))
                return JsonAnswer.Of(new IdResponse { Id = row.Id });
        }

        throw Busy(kind);
    }

    /// <exception cref="ApiException">404: the resource does not exist.</exception>
    public async Task<IResult> CloneAsync(ResourceRequest request, IdempotentCall call)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var faults = new Faults();
            var row = await store.ReadAsync(request.FindOwnAsync, request.Cancelled);
            var (now, id) = NewId();
            var content = edit.Clone(request.Kind, row, id, faults);
            faults.ThrowIfAny();
            var copy = RowOf(request.Kind, id, request.AccountId, row.ParentId, content, now);
            var response = new IdResponse { Id = id };
            if (await InsertAsync(request.Kind, copy, content, call.Answered(response), request.Cancelled))
                return JsonAnswer.Of(response);
        }

        throw Busy(request.Kind);
    }

    /// <exception cref="ApiException">
    /// 404: the resource does not exist; 409: another resource refers to it and prevents the deletion.
    /// </exception>
    public async Task<IResult> DeleteAsync(ResourceRequest request, IdempotentCall call)
    {
        var row = await store.ReadAsync(request.FindOwnAsync, request.Cancelled);
        var response = new IdResponse { Id = row.Id };
        await removal.RemoveAsync(request.Kind, row, Removal.Alone, call.Answered(response), request.Cancelled);
        return JsonAnswer.Of(response);
    }

    private async Task<bool> InsertAsync(
        ResourceKind kind, ResourceRow row, ResourceContent content, IdempotencyRow? answered, CancellationToken cancellationToken) =>
        IsDone(kind, await store.InsertAsync(row, content.Links, answered, cancellationToken));

    private async Task<bool> UpdateAsync(
        ResourceKind kind, ResourceRow row, ResourceContent content, IdempotentCall call, CancellationToken cancellationToken)
    {
        var changed = row with
        {
            Data = content.Data,
            Key = content.Key,
            Secrets = content.Secrets,
            UpdatedAt = Math.Max(row.UpdatedAt, time.GetUtcNow().ToUnixTimeMilliseconds()),
        };
        var response = new IdResponse { Id = row.Id };
        return IsDone(kind, await store.UpdateAsync(changed, content, call.Answered(response), cancellationToken));
    }

    private static bool IsDone(ResourceKind kind, ResourceWrite write)
    {
        if (write == ResourceWrite.KeyTaken)
            throw ApiException.Conflict($"Another resource of this kind has the same {kind.KeyField}");
        if (write == ResourceWrite.ValueTaken)
            throw ApiException.Conflict("The address is taken: only one resource of the whole server can have it");
        return write == ResourceWrite.Done;
    }

    /// <summary>Creates the row of a new resource.</summary>
    public static ResourceRow RowOf(
        ResourceKind kind, string id, string accountId, string? parentId, ResourceContent content, long now) => new()
        {
            Id = id,
            Kind = kind.Name,
            AccountId = accountId,
            ParentId = parentId,
            Key = content.Key,
            CreatedAt = now,
            UpdatedAt = now,
            Data = content.Data,
            Secrets = content.Secrets,
        };

    private (long Now, string Id) NewId()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return (now, Ids.New(now));
    }

    private static ApiException Busy(ResourceKind kind) =>
        ApiException.Conflict($"{kind.Title} is being changed by others at the same time; try again");
}
