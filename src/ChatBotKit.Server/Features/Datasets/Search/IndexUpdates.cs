using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>Brings search indexes up to date: reads the changes that an index lacks, in pieces, and stores them in it.</summary>
internal sealed class IndexUpdates(IStore store, ILogger<IndexUpdates> logger)
{
    /// <summary>The size of a piece. Searches see the index after each piece.</summary>
    private const int MaxChanges = 500;

    private const int MaxCharacters = 1_000_000;

    /// <summary>The number of changes after which the parts of the index are merged.</summary>
    private const int MergeAfter = 5_000;

    /// <summary>Stores all changes of the dataset that were made before this call.</summary>
    public async Task RunAsync(HeldIndex held, string datasetId)
    {
        var index = held.Open();
        if (await FindNumbersAsync(datasetId) is not { } numbers)
            return;
        // A file of another state of the database, for example of before a restore, or one that lacks deletions.
        if (index.LastChange > numbers.Last || (index.LastChange > 0 && index.LastChange < numbers.Forgotten))
            index = held.Reset();
        // A new index needs no deletions from before its first change.
        var forgotten = index.LastChange == 0 ? numbers.Forgotten : 0;
        var count = 0;
        while (index.LastChange < numbers.Last)
        {
            var (page, now) = await ReadAsync(datasetId, index.LastChange);
            if (now is null)
                return;
            if (now.Forgotten > Math.Max(index.LastChange, forgotten))
            {
                index = held.Reset();
                (forgotten, count) = (now.Forgotten, 0);
                continue;
            }

            Apply(index, page.Rows, IsLast(page) ? numbers.Last : 0);
            count += page.Rows.Count;
        }

        if (count >= MergeAfter)
            _ = Task.Run(() => Merge(index));
    }

    private static bool IsLast(SqlPage<RecordRow> page) => !page.IsCut && page.Rows.Count < MaxChanges;

    /// <summary>Stores a piece in the index.</summary>
    /// <param name="index">The index.</param>
    /// <param name="rows">The changes.</param>
    /// <param name="last">The number up to which no other changes exist; 0 when there may be more.</param>
    private static void Apply(DatasetIndex index, List<RecordRow> rows, long last) => index.Apply(
        [.. rows.Where(row => row.Text is not null).Select(row => new IndexedRecord(row.Id, RecordTitle.Of(row), row.Text!))],
        [.. rows.Where(row => row.Text is null).Select(row => row.Id)],
        Math.Max(last, rows.Count == 0 ? 0 : rows[^1].Change));

    /// <summary>Reads a piece, and after it the numbers: a deletion that was forgotten before the piece was read may be missing in it.</summary>
    private ValueTask<(SqlPage<RecordRow> Page, RecordChangeNumbers? Numbers)> ReadAsync(string datasetId, long after) => store.QueryAsync(
        async db => (
            await db.ListRecordChangesAsync(datasetId, after, MaxChanges, MaxCharacters),
            await db.FindRecordChangesAsync(datasetId)),
        CancellationToken.None);

    private ValueTask<RecordChangeNumbers?> FindNumbersAsync(string datasetId) =>
        store.QueryAsync(db => db.FindRecordChangesAsync(datasetId), CancellationToken.None);

    private void Merge(DatasetIndex index)
    {
        try
        {
            index.Optimize();
        }
        catch (Exception exception) when (exception is ObjectDisposedException || HeldIndex.IsOfFile(exception))
        {
            logger.LogDebug(exception, "A search index was not merged");
        }
    }
}
