using System.Data.Common;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Datasets.Embedding;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>
/// The search index of one dataset. Its file is opened by the first search. A search first brings it up to date with the records; one
/// task at a time does so, for all searches that wait for it.
/// </summary>
/// <param name="datasetId">The id of the dataset.</param>
/// <param name="path">The path of the file.</param>
/// <param name="updates">Brings an index up to date.</param>
/// <param name="time">The clock.</param>
/// <param name="vectors">The vectors of the dataset; null without an embedding model.</param>
internal sealed class HeldIndex(string datasetId, string path, IndexUpdates updates, TimeProvider time, HeldVectors? vectors = null) : IDisposable
{
    /// <summary>
    /// How long a search waits until the index is up to date. When more records than one can index in that time were stored, the search
    /// finds those that are indexed so far, and the index is completed in the background.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How often a search is tried when the file turns out to be damaged, or is closed meanwhile.</summary>
    private const int MaxTries = 3;

    private readonly Lock _lock = new();

    /// <summary>Lets further searches wait without a thread.</summary>
    private readonly SemaphoreSlim _places = new(DatasetIndex.MaxReaders);

    private DatasetIndex? _index;
    private Task _update = Task.CompletedTask;
    private volatile bool _isChecked;
    private volatile bool _isClosed;

    /// <summary>The number of running searches. The owner of this object counts them.</summary>
    public int Searches { get; set; }

    /// <summary>When the last search began.</summary>
    public long LastUsed { get; set; }

    /// <summary>The vectors of the dataset; null without an embedding model.</summary>
    public HeldVectors? Vectors => vectors;

    /// <summary>Whether the index is searched or being brought up to date.</summary>
    public bool IsBusy => Searches > 0 || !_update.IsCompleted;

    /// <summary>Finds the records that match a question, among them all that were stored before the given change.</summary>
    /// <param name="upTo">The number of the change.</param>
    /// <param name="question">The question.</param>
    /// <param name="take">The maximum number of records.</param>
    /// <param name="accepts">Decides by the id whether a record may be returned; null for all.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <exception cref="StoreUnavailableException">The file can't be written or read.</exception>
    /// <exception cref="ObjectDisposedException">The index was closed.</exception>
    public async Task<IReadOnlyList<FoundRecord>> SearchAsync(
        long upTo, AskedQuestion question, int take, Func<string, bool>? accepts, CancellationToken cancellationToken)
    {
        // The model computes the vector of the question while the index is brought up to date.
        var vector = vectors?.IsEmpty == false ? question.FindVectorAsync(cancellationToken) : AskedQuestion.NoVector;
        for (var tries = 1; ; tries++)
        {
            DatasetIndex? index = null;
            try
            {
                await UpdateAsync(upTo, Patience, cancellationToken);
                var compared = await vector;
                await _places.WaitAsync(cancellationToken);
                try
                {
                    index = Open();
                    using var similarities = compared is null ? null : vectors!.Compare(compared);
                    return index.Search(question.Text, take, accepts, similarities);
                }
                finally
                {
                    _places.Release();
                }
            }
            catch (DamagedIndexException) when (tries < MaxTries)
            {
                Forget(index);
            }
            catch (ObjectDisposedException) when (tries < MaxTries && !_isClosed)
            {
                // The file was created again meanwhile.
            }
            catch (Exception exception) when (IsOfFile(exception))
            {
                throw new StoreUnavailableException($"The search index of the dataset {datasetId} can't be used now: {exception.Message}", exception);
            }
        }
    }

    /// <summary>Waits until the index has a change, however long that takes, and returns it.</summary>
    /// <exception cref="ObjectDisposedException">The index was closed.</exception>
    public async Task<DatasetIndex> CompleteAsync(long upTo, CancellationToken cancellationToken)
    {
        await UpdateAsync(upTo, Timeout.InfiniteTimeSpan, cancellationToken);
        return Open();
    }

    /// <summary>Opens the file.</summary>
    /// <exception cref="ObjectDisposedException">The index was closed.</exception>
    public DatasetIndex Open()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            return _index ??= OpenFile();
        }
    }

    /// <summary>Replaces the file by an empty one.</summary>
    /// <exception cref="ObjectDisposedException">The index was closed.</exception>
    public DatasetIndex Reset()
    {
        lock (_lock)
        {
            _index?.Dispose();
            _index = null;
            DatasetIndex.Delete(path);
            return Open();
        }
    }

    /// <summary>Closes the file, after running searches have ended.</summary>
    /// <param name="delete">Whether to delete the file too.</param>
    public void Close(bool delete)
    {
        lock (_lock)
        {
            _isClosed = true;
            _index?.Dispose();
            _index = null;
            if (delete)
                DatasetIndex.Delete(path);
        }

        vectors?.Close(delete);
    }

    public void Dispose() => Close(delete: false);

    /// <summary>Whether a failure is one of the file or its disk.</summary>
    public static bool IsOfFile(Exception exception) =>
        exception is DbException or IOException or UnauthorizedAccessException or DamagedIndexException;

    /// <summary>Waits until the index has a change, but not longer than a limit.</summary>
    private async Task UpdateAsync(long upTo, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        // The first task may have begun before this call; the next one has begun after it, and sees the change unless it is gone.
        for (var updates = 0; updates < 2 && (!_isChecked || Open().LastChange < upTo); updates++)
        {
            try
            {
                var left = limit - time.GetElapsedTime(start);
                await StartUpdate().WaitAsync(
                    limit == Timeout.InfiniteTimeSpan ? limit : left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return;
            }
        }
    }

    private Task StartUpdate()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_update.IsCompleted)
                _update = Task.Run(UpdateAsync);
            return _update;
        }
    }

    private async Task UpdateAsync()
    {
        try
        {
            await updates.RunAsync(this, datasetId);
            _isChecked = true;
        }
        catch (DamagedIndexException)
        {
            Forget(_index);
            throw;
        }
    }

    private DatasetIndex OpenFile()
    {
        OwnerOnly.CreateDirectory(Path.GetDirectoryName(path)!);
        return DatasetIndex.Open(path, vectors?.Texts ?? EmbeddedTexts.None);
    }

    /// <summary>Closes a damaged file, which deletes it.</summary>
    private void Forget(DatasetIndex? damaged)
    {
        lock (_lock)
        {
            damaged?.Dispose();
            if (_index == damaged)
                _index = null;
        }
    }
}
