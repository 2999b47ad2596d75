using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Datasets.Records;

/// <summary>
/// Stores the rows of a body as records, a batch in one transaction each. The ids of the records follow from the rows, so an import that
/// was interrupted can be repeated: it adds the missing records and changes no others.
/// </summary>
internal sealed class RecordImport(IStore store, TimeProvider time)
{
    /// <summary>The maximum size of a body.</summary>
    public const long MaxBodyBytes = 1024L * 1024 * 1024;

    /// <summary>The maximum number of rows of a body.</summary>
    public const int MaxRows = 1_000_000;

    /// <summary>The number of rows that may fail before the import stops.</summary>
    public const int MaxFailed = 1_000;

    private const int BatchRows = 100;
    private const int BatchCharacters = 1024 * 1024;

    /// <summary>The maximum length of the reason for which a row failed.</summary>
    private const int MaxMessage = 300;

    /// <summary>Imports all rows. The rows that were stored before a failure remain.</summary>
    /// <exception cref="ApiException">400: too many rows can't be imported; 404: the dataset was deleted; 413: there are too many rows.</exception>
    /// <exception cref="StoreUnavailableException">The database can't be written.</exception>
    public async Task RunAsync(ResourceRow dataset, IImportRows rows, ImportReport report, CancellationToken cancellationToken)
    {
        await LogAsync(dataset, EventTypes.ImportStart);
        var isWhole = false;
        try
        {
            await StoreAllAsync(dataset.Id, rows, report, cancellationToken);
            isWhole = true;
        }
        finally
        {
            await LogAsync(dataset, EventTypes.ImportFinish, isWhole ? null : """{"failed":true}""");
        }
    }

    private async Task StoreAllAsync(string datasetId, IImportRows rows, ImportReport report, CancellationToken cancellationToken)
    {
        var batch = new List<RecordRow>(BatchRows);
        var (count, characters) = (0, 0);
        try
        {
            while (true)
            {
                var reading = rows.ReadAsync(cancellationToken);
                // Rows that have arrived are stored while the next ones are on their way.
                if (!reading.IsCompleted)
                    characters = await StoreAsync(datasetId, batch, report);
                if (await reading is not { } row)
                    break;
                if (++count > MaxRows)
                    throw new ApiException(ErrorCode.ContentTooLarge, $"The body has more than {MaxRows} rows; the rows before were imported");
                if (row.FindFault() is { } fault)
                {
                    Fail(report, row.Line, fault);
                    continue;
                }

                batch.Add(row.ToRecord(datasetId, time.GetUtcNow().ToUnixTimeMilliseconds()));
                characters += batch[^1].Characters;
                if (batch.Count == BatchRows || characters >= BatchCharacters)
                    characters = await StoreAsync(datasetId, batch, report);
            }
        }
        finally
        {
            await StoreAsync(datasetId, batch, report);
        }
    }

    private Task LogAsync(ResourceRow dataset, string type, string? meta = null) => store.CommitAsync(new WriteSet
    {
        Events =
        [
            EventEntry.About(
                dataset.AccountId, type, time.GetUtcNow().ToUnixTimeMilliseconds(), [new EventLink(EventFields.Dataset, dataset.Id)], meta),
        ],
    });

    private static void Fail(ImportReport report, long line, string fault)
    {
        report.Fail(line, FaultText.Clip(fault, MaxMessage));
        if (report.Failed > MaxFailed)
        {
            throw ApiException.BadRequest(
                $"More than {MaxFailed} rows can't be imported, so the import stopped at line {line}; the other rows before it were imported");
        }
    }

    /// <summary>Stores the batch and empties it.</summary>
    /// <returns>The number of characters in the batch, which is 0.</returns>
    private async Task<int> StoreAsync(string datasetId, List<RecordRow> batch, ImportReport report)
    {
        if (batch.Count == 0)
            return 0;
        RecordRow[] records = [.. batch];
        batch.Clear();
        try
        {
            var changed = await store.ChangeAsync(db => PutAsync(db, datasetId, records), CancellationToken.None) ?? throw RecordReading.NoDataset();
            report.Add(records.Length, changed);
        }
        catch (MissingParentException)
        {
            throw RecordReading.NoDataset();
        }

        return 0;
    }

    /// <returns>The number of records that have changed; null when the dataset was deleted.</returns>
    private static async ValueTask<int?> PutAsync(ISqlTransaction db, string datasetId, RecordRow[] records)
    {
        if (!await db.AnyAsync(ResourceQueries.Exists, datasetId))
            return null;
        var changed = 0;
        foreach (var record in records)
            changed += await db.PutRecordAsync(record) ? 1 : 0;
        return changed;
    }
}
