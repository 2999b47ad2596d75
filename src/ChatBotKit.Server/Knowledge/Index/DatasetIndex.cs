using System.Collections.Concurrent;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// The full-text index of a dataset, in a file of its own. The records are the truth: the file is made from them, remembers the
/// number of the last change that it holds, and may be deleted at any time. Searches run while changes are stored, and see all of a
/// change or nothing of it.
/// </summary>
internal sealed class DatasetIndex : IDisposable
{
    private readonly string _path;
    private readonly SqliteConnections _connections;
    private readonly IndexWriter _writer;
    private readonly Lock _writing = new();
    private readonly SemaphoreSlim _places = new(MaxReaders);
    private readonly ConcurrentStack<IndexReader> _readers = new();
    private volatile PassageLengths _lengths;
    private volatile bool _isDamaged;
    private volatile bool _isClosed;
    private long _lastChange;

    private DatasetIndex(string path, SqliteConnection connection, EmbeddedTexts texts)
    {
        _path = path;
        _connections = IndexFile.Connections(path);
        _writer = new IndexWriter(connection, texts);
        _lengths = _writer.Lengths;
        _lastChange = _writer.ReadLastChange();
    }

    /// <summary>The number of searches that run at the same time. Further ones wait.</summary>
    public static int MaxReaders { get; } = Math.Clamp(Environment.ProcessorCount, 2, 4);

    /// <summary>The number of the last change of the dataset that the file holds; 0 for a new file.</summary>
    public long LastChange => Interlocked.Read(ref _lastChange);

    /// <summary>
    /// Opens the index. A missing file is created; a damaged file, or one of another format, is replaced by an empty one.
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="texts">The texts that get a vector. The index is made again when they change.</param>
    public static DatasetIndex Open(string path, EmbeddedTexts texts = EmbeddedTexts.None)
    {
        for (var isSecond = false; ; isSecond = true)
        {
            var connection = IndexFile.Open(path, texts);
            try
            {
                return new DatasetIndex(path, connection, texts);
            }
            catch (SqliteException exception) when (IndexFile.IsDamage(exception) && !isSecond)
            {
                connection.Dispose();
                IndexFile.Delete(path);
            }
        }
    }

    /// <summary>Deletes the file of an index that is not open.</summary>
    public static void Delete(string path) => IndexFile.Delete(path);

    /// <summary>Stores changes of the dataset in one transaction. A record whose id exists is replaced.</summary>
    /// <param name="stored">The records that were created or updated.</param>
    /// <param name="removed">The ids of the records that were deleted; unknown ones are ignored.</param>
    /// <param name="lastChange">The number of the last of these changes.</param>
    /// <exception cref="DamagedIndexException">The file is damaged.</exception>
    public void Apply(IReadOnlyCollection<IndexedRecord> stored, IReadOnlyCollection<string> removed, long lastChange) => Write(() =>
    {
        _writer.Apply(stored, removed, lastChange);
        _lengths = _writer.Lengths;
        Interlocked.Exchange(ref _lastChange, lastChange);
    });

    /// <summary>Finds the records that match a question, best first.</summary>
    /// <param name="question">The question, in any language. Operators of a query language are words.</param>
    /// <param name="take">The number of records to return at most.</param>
    /// <param name="accepts">Decides by the id whether a record may be returned; null for all.</param>
    /// <param name="similarities">The similarities of the vectors to the question; null to search by words alone.</param>
    /// <exception cref="DamagedIndexException">The file is damaged.</exception>
    public IReadOnlyList<FoundRecord> Search(
        string question, int take, Func<string, bool>? accepts = null, Similarities? similarities = null)
    {
        var asked = new Question(question);
        if (take <= 0 || (asked.Words.Count == 0 && similarities is null))
            return [];
        _places.Wait();
        IndexReader? reader = null;
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            reader = _readers.TryPop(out var idle) ? idle : new IndexReader(_connections);
            var found = similarities is null
                ? reader.Search(asked, _lengths, take, accepts)
                : reader.Search(asked, _lengths, take, accepts, similarities);
            _readers.Push(reader);
            return found;
        }
        catch (Exception exception)
        {
            // A connection on which a search has failed is not used again.
            reader?.Dispose();
            if (exception is SqliteException error && IsLost(error))
                throw Damaged(error);
            throw;
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Reads or changes, in one transaction, which passages have a vector.</summary>
    /// <exception cref="DamagedIndexException">The file is damaged.</exception>
    public T OnVectors<T>(Func<IndexVectors, T> use)
    {
        T? result = default;
        Write(() => _writer.Transact(() => result = use(_writer.Vectors)));
        return result!;
    }

    /// <summary>Makes the file smaller and searches faster after many changes. It takes about a second for 100 MB of text.</summary>
    /// <exception cref="DamagedIndexException">The file is damaged.</exception>
    public void Optimize() => Write(_writer.Optimize);

    /// <summary>Closes the file, after running searches and changes have ended. A damaged file is deleted.</summary>
    public void Dispose()
    {
        lock (_writing)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            for (var place = 0; place < MaxReaders; place++)
                _places.Wait();
            while (_readers.TryPop(out var reader))
                reader.Dispose();
            _writer.Dispose();
            _places.Release(MaxReaders);
            if (_isDamaged)
                IndexFile.Delete(_path);
        }
    }

    private void Write(Action change)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            try
            {
                change();
            }
            catch (SqliteException exception) when (IsLost(exception))
            {
                throw Damaged(exception);
            }
        }
    }

    /// <summary>Whether a failure means that the file is damaged, or was deleted while it was open.</summary>
    private bool IsLost(SqliteException exception) => IndexFile.IsDamage(exception) || !File.Exists(_path);

    private DamagedIndexException Damaged(SqliteException exception)
    {
        _isDamaged = true;
        return new DamagedIndexException($"The index '{_path}' is damaged: {exception.Message}", exception);
    }
}
