using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Datasets.Records;

/// <summary>Creates, updates and deletes the records of the caller's datasets.</summary>
internal sealed class RecordCommands(IStore store, TimeProvider time)
{
    /// <exception cref="ApiException">400: a field is invalid; 404: the caller has no such dataset.</exception>
    public async Task<IdResponse> CreateAsync(
        string dataset, RecordCreateRequest request, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var text = faults.CheckRecordText(request.Text);
        faults.CheckRecordSource(request.Source);
        faults.CheckRecordMeta(request.Meta);
        faults.ThrowIfAny();
        var now = time.GetUtcNow();
        var response = new IdResponse { Id = Guid.CreateVersion7(now).ToString("N") };
        await ChangeAsync(
            dataset, caller,
            async (db, datasetId) =>
            {
                await db.AddRecordAsync(new RecordRow
                {
                    DatasetId = datasetId,
                    Id = response.Id,
                    Text = text,
                    Source = request.Source,
                    Meta = MetaJson.Apply(null, request.Meta),
                    CreatedAt = now.ToUnixTimeMilliseconds(),
                    UpdatedAt = now.ToUnixTimeMilliseconds(),
                });
                await db.LogAsync(EventOf(EventTypes.RecordCreate, caller, datasetId, response.Id, now.ToUnixTimeMilliseconds()));
                await db.RememberAsync(call.Answered(response));
                return null;
            },
            cancellationToken);
        return response;
    }

    /// <exception cref="ApiException">400: a field is invalid; 404: the caller has no such dataset or record.</exception>
    public async Task<IdResponse> UpdateAsync(
        string dataset, string recordId, RecordUpdateRequest request, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var text = request.Text.HasValue ? faults.CheckRecordText(request.Text.Value) : null;
        faults.CheckRecordSource(request.Source.Value);
        faults.CheckRecordMeta(request.Meta.Value);
        faults.ThrowIfAny();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var response = new IdResponse { Id = recordId };
        await ChangeAsync(
            dataset, caller,
            async (db, datasetId) =>
            {
                if (await db.FindRecordAsync(datasetId, recordId) is not { } row)
                    return RecordReading.NotFound();
                await db.ChangeRecordAsync(row with
                {
                    Text = text ?? row.Text,
                    Source = request.Source.Value ?? row.Source,
                    Meta = MetaJson.Apply(row.Meta, request.Meta.Value) ?? row.Meta,
                    UpdatedAt = Math.Max(row.UpdatedAt, now),
                });
                await db.LogAsync(EventOf(EventTypes.RecordUpdate, caller, datasetId, recordId, now));
                await db.RememberAsync(call.Answered(response));
                return null;
            },
            cancellationToken);
        return response;
    }

    /// <exception cref="ApiException">404: the caller has no such dataset or record.</exception>
    public async Task<IdResponse> DeleteAsync(
        string dataset, string recordId, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var response = new IdResponse { Id = recordId };
        await ChangeAsync(
            dataset, caller,
            async (db, datasetId) =>
            {
                if (await db.FindRecordAsync(datasetId, recordId) is not { } row)
                    return RecordReading.NotFound();
                await db.DeleteRecordAsync(row, now);
                await db.LogAsync(EventOf(EventTypes.RecordDelete, caller, datasetId, recordId, now.ToUnixTimeMilliseconds()));
                await db.RememberAsync(call.Answered(response));
                return null;
            },
            cancellationToken);
        return response;
    }

    private static EventEntry EventOf(string type, Caller caller, string datasetId, string recordId, long now) => EventEntry.About(
        caller.AccountId, type, now, [new EventLink(EventFields.Dataset, datasetId), new EventLink(EventFields.Record, recordId)]);

    /// <summary>Runs a change on the caller's dataset.</summary>
    /// <param name="dataset">The address of the dataset in the path.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="change">The change, given the id of the dataset. It returns the refusal; null when there is none.</param>
    /// <param name="cancellationToken">The token that cancels the write before it begins.</param>
    private async Task ChangeAsync(
        string dataset, Caller caller, Func<ISqlTransaction, string, ValueTask<ApiException?>> change, CancellationToken cancellationToken)
    {
        try
        {
            var refusal = await store.ChangeAsync(
                async db => await db.FindOwnAsync(DatasetKind.Name, dataset, caller.AccountId) is { } found
                    ? await change(db, found.Id)
                    : RecordReading.NoDataset(),
                cancellationToken);
            if (refusal is not null)
                throw refusal;
        }
        catch (MissingParentException)
        {
            throw RecordReading.NoDataset();
        }
    }
}
