using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Datasets.Embedding;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>
/// The search indexes of datasets. Each is a file in the directory <c>knowledge</c>, which is created from the records and can be deleted
/// at any time. A limited number of files is open.
/// </summary>
internal sealed class DatasetIndexes : IChangeListener, IDisposable
{
    /// <summary>The number of files that stay open while they are not searched.</summary>
    public const int MaxOpen = 16;

    private const int MaxTries = 3;

    private readonly IStore _store;
    private readonly IndexUpdates _updates;
    private readonly IEmbeddingModel? _model;
    private readonly VectorMemory _memory;
    private readonly TimeProvider _time;
    private readonly ILogger<DatasetIndexes> _logger;
    private readonly IndexDirectory _directory;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HeldIndex> _held = new(StringComparer.Ordinal);

    /// <summary>The datasets whose files are being deleted. No file of theirs may be opened meanwhile.</summary>
    private readonly HashSet<string> _dropped = new(StringComparer.Ordinal);

    public DatasetIndexes(
        IStore store, IndexUpdates updates, StoreOptions options, ChangeFeed changes, TimeProvider time, ILogger<DatasetIndexes> logger,
        VectorMemory memory, IEmbeddingModel? model = null)
    {
        (_store, _updates, _time, _logger, _memory, _model) = (store, updates, time, logger, memory, model);
        memory.MakeRoom = ReleaseVectors;
        _directory = new IndexDirectory(options.DataDirectory);
        changes.Listen(this);
    }

    /// <summary>The number of indexes that are held.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _held.Count;
        }
    }

    /// <summary>Called with the id of a dataset whose vectors were deleted because they could not be used.</summary>
    public Action<string>? VectorsLost { get; set; }

    /// <summary>Returns the path of the file of a dataset.</summary>
    public string PathOf(string datasetId) => _directory.PathOf(datasetId);

    /// <summary>Returns the path of the file with the vectors of a dataset.</summary>
    public string VectorPathOf(string datasetId) => _directory.VectorPathOf(datasetId);

    /// <summary>
    /// Finds the records of a dataset that match a question, best first. It finds every record that was stored before the call, unless
    /// indexing them takes longer than <see cref="HeldIndex.Patience"/>.
    /// </summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="question">The question.</param>
    /// <param name="take">The maximum number of records.</param>
    /// <param name="accepts">Decides by the id whether a record may be returned; null for all.</param>
    /// <param name="cancellationToken">The token that cancels the search.</param>
    /// <exception cref="StoreUnavailableException">The database can't be read, or the index can't be written or read.</exception>
    public async Task<IReadOnlyList<FoundRecord>> SearchAsync(
        string datasetId, AskedQuestion question, int take, Func<string, bool>? accepts, CancellationToken cancellationToken) =>
        await UseAsync(
            datasetId, (index, last) => index.SearchAsync(last, question, take, accepts, cancellationToken), cancellationToken) ?? [];

    /// <summary>Uses the index of a dataset, which stays open meanwhile.</summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="use">Uses the index. It is called with the number of the last change, and again when the index was closed.</param>
    /// <param name="cancellationToken">The token that cancels the reading of the number.</param>
    /// <returns>The result; the default value when no record was ever stored in the dataset.</returns>
    public async Task<T?> UseAsync<T>(string datasetId, Func<HeldIndex, long, Task<T>> use, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            if (await _store.QueryAsync(db => db.FindRecordChangesAsync(datasetId), cancellationToken) is not { } numbers)
                return default;
            HeldIndex? index = null;
            try
            {
                index = Take(datasetId);
                return await use(index, numbers.Last);
            }
            catch (ObjectDisposedException) when (tries < MaxTries)
            {
                // The dataset was deleted, or its index was closed.
            }
            finally
            {
                if (index is not null)
                    Return(index);
            }
        }
    }

    /// <summary>Closes the indexes that were not searched for the given time.</summary>
    /// <returns>The number of indexes that were closed.</returns>
    public int CloseIdle(TimeSpan idle)
    {
        List<HeldIndex> closed = [];
        lock (_lock)
        {
            foreach (var (id, index) in _held.Where(one => !one.Value.IsBusy && _time.GetElapsedTime(one.Value.LastUsed) >= idle).ToList())
            {
                _held.Remove(id);
                closed.Add(index);
            }
        }

        closed.ForEach(index => Close(index, delete: false));
        return closed.Count;
    }

    /// <summary>Deletes the files of datasets that no longer exist.</summary>
    public async Task DeleteUnusedAsync(CancellationToken cancellationToken)
    {
        foreach (var id in _directory.ListDatasets())
        {
            if (await _store.QueryAsync(db => db.FindRecordChangesAsync(id), cancellationToken) is null)
                Drop(id);
        }
    }

    public void OnChanged(in Change change)
    {
        if (change is { Kind: DatasetKind.Name, What: ChangeKind.Deleted })
        {
            // Closing waits for running searches, and the writer must not.
            var id = change.Id;
            _ = Task.Run(() => Drop(id));
        }
    }

    public void Dispose()
    {
        List<HeldIndex> all;
        lock (_lock)
        {
            all = [.. _held.Values];
            _held.Clear();
        }

        all.ForEach(index => Close(index, delete: false));
    }

    private HeldIndex Take(string datasetId)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_dropped.Contains(datasetId), this);
            if (!_held.TryGetValue(datasetId, out var index))
            {
                index = New(datasetId);
                _held.Add(datasetId, index);
            }

            index.Searches++;
            index.LastUsed = _time.GetTimestamp();
            return index;
        }
    }

    private void Return(HeldIndex index)
    {
        HeldIndex? oldest = null;
        lock (_lock)
        {
            index.Searches--;
            if (_held.Count > MaxOpen && _held.Where(one => !one.Value.IsBusy).MinBy(one => one.Value.LastUsed) is { Value: not null } found)
            {
                oldest = found.Value;
                _held.Remove(found.Key);
            }
        }

        if (oldest is not null)
            Close(oldest, delete: false);
    }

    /// <summary>Closes and deletes the index of a dataset.</summary>
    private void Drop(string datasetId)
    {
        HeldIndex? index;
        lock (_lock)
        {
            if (!_dropped.Add(datasetId))
                return;
            _held.Remove(datasetId, out index);
        }

        Close(index ?? New(datasetId), delete: true);
        lock (_lock)
            _dropped.Remove(datasetId);
    }

    /// <summary>Releases the memory of the vectors that no search uses now.</summary>
    private void ReleaseVectors()
    {
        List<HeldIndex> idle;
        lock (_lock)
            idle = [.. _held.Values.Where(index => !index.IsBusy)];
        idle.ForEach(index => index.Vectors?.Release());
    }

    private HeldIndex New(string datasetId) => new(
        datasetId, PathOf(datasetId), _updates, _time, _model is null ? null : NewVectors(datasetId, _model));

    private HeldVectors NewVectors(string datasetId, IEmbeddingModel model) =>
        new(VectorPathOf(datasetId), model, _memory, () => VectorsLost?.Invoke(datasetId), _logger);

    private void Close(HeldIndex index, bool delete)
    {
        try
        {
            index.Close(delete);
        }
        catch (Exception exception) when (HeldIndex.IsOfFile(exception))
        {
            _logger.LogWarning(exception, "A search index could not be closed");
        }
    }
}
