using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Server.Work;

/// <summary>Retries and drops items that wait or are dead letters.</summary>
internal sealed class WorkCommands(IStore store, DueWorkHandlers handlers, TimeProvider time)
{
    /// <exception cref="ApiException">404: the item does not exist; 409: a worker holds the item.</exception>
    public Task<IdResponse> RetryAsync(string id, IdempotentCall call, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return ChangeAsync(id, call, (db, row) => db.RetryDueWorkAsync(row, now), cancellationToken);
    }

    /// <exception cref="ApiException">404: the item does not exist; 409: a worker holds the item, or the server needs it.</exception>
    public Task<IdResponse> DropAsync(string id, IdempotentCall call, CancellationToken cancellationToken) =>
        WorkReading.Split(id) is var (kind, key) && key == RecurringWork.Key && handlers.Find(kind)?.Recurrence is not null
            ? throw ApiException.Conflict("The server does this work at an interval and can't go without it")
            : ChangeAsync(id, call, (db, row) => db.DeleteDueWorkAsync(row.Kind, row.Key), cancellationToken);

    private async Task<IdResponse> ChangeAsync(
        string id, IdempotentCall call, Func<ISqlTransaction, DueWorkRow, ValueTask> change, CancellationToken cancellationToken)
    {
        if (WorkReading.Split(id) is not var (kind, key))
            throw WorkReading.NotFound();
        var response = new IdResponse { Id = id };
        var refusal = await store.ChangeAsync(
            async db =>
            {
                var row = await db.FindDueWorkAsync(kind, key);
                if (row is null)
                    return WorkReading.NotFound();
                if (row.Owner is not null)
                    return ApiException.Conflict("The work is being done; try again later");
                await change(db, row);
                await db.RememberAsync(call.Answered(response));
                return null;
            },
            cancellationToken);
        return refusal is null ? response : throw refusal;
    }
}
