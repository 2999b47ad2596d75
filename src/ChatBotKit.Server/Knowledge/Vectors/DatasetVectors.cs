namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// The vectors of a dataset: their file, and in memory those that searches compare. They are read when the first search needs them.
/// </summary>
internal sealed class DatasetVectors : IDisposable
{
    /// <summary>The part of the removed vectors at which the set is made again without them.</summary>
    private const int RemovedPart = 4;

    private readonly VectorFile _file;
    private readonly VectorMemory _memory;
    private readonly Lock _lock = new();
    private VectorSet? _set;
    private long _taken;
    private bool _isClosed;

    public DatasetVectors(string path, IEmbeddingModel model, VectorMemory memory)
    {
        _file = VectorFile.Open(path, model.Identity);
        _memory = memory;
    }

    /// <summary>Names the file; see <see cref="VectorFile.Generation"/>.</summary>
    public string Generation => _file.Generation;

    /// <summary>Whether there may be vectors to compare with.</summary>
    public bool IsEmpty => _file.Dimensions is null;

    /// <summary>The bytes of memory that the vectors take.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Whether the text has a vector, or can't have one.</summary>
    public bool Has(UInt128 hash) => _file.Has(hash);

    /// <summary>Stores vectors. Searches find them from then on.</summary>
    /// <param name="vectors">Vectors of any length and the same dimensions; null for a text that the model refuses.</param>
    /// <exception cref="VectorDimensionsException">The vectors have other dimensions than the stored ones.</exception>
    public void Add(IReadOnlyList<(UInt128 Hash, float[]? Vector)> vectors)
    {
        List<(UInt128 Hash, byte[]? Packed)> packed = [.. vectors.Select(one => (one.Hash, one.Vector is null ? null : PackedVector.Pack(one.Vector)))];
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _file.Add(packed);
            foreach (var (hash, vector) in packed)
            {
                if (_set is not null && vector is not null)
                    _set.Add(hash, vector);
            }

            if (_set is not null && !TryGrow(VectorSet.SizeOf(_set.Dimensions, _set.Count + _set.Removed)))
                Release();
        }
    }

    /// <summary>Deletes vectors whose text no record has any more.</summary>
    public void Delete(IReadOnlyCollection<UInt128> hashes)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _file.Delete(hashes);
            foreach (var hash in hashes)
                _set?.Remove(hash);
            if (_set is not null && _set.Removed > _set.Count / RemovedPart)
                Release();
        }
    }

    /// <summary>Deletes all vectors but those of the given texts.</summary>
    public void Keep(IReadOnlySet<UInt128> hashes)
    {
        var others = new List<UInt128>();
        _file.Read((hash, _) =>
        {
            if (!hashes.Contains(hash))
                others.Add(hash);
        });
        if (others.Count > 0)
            Delete(others);
    }

    /// <summary>Compares the vector of a question with all others.</summary>
    /// <returns>The cosines; null when the vectors do not fit into the memory for them, or are of other dimensions.</returns>
    public Similarities? Compare(float[] question)
    {
        VectorSet? set;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            set = _set ??= Load();
        }

        return set?.Dimensions == question.Length ? set.Compare(question) : null;
    }

    /// <summary>Releases the memory. The next search reads the vectors again.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _set = null;
            _memory.GiveBack(_taken);
            Interlocked.Exchange(ref _taken, 0);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            Release();
            _file.Dispose();
        }
    }

    private VectorSet? Load()
    {
        if (_file.Dimensions is not { } dimensions || !TryGrow(VectorSet.SizeOf(dimensions, _file.Count())))
            return null;
        var set = new VectorSet(dimensions);
        _file.Read((hash, vector) =>
        {
            if (vector.Length > 0)
                set.Add(hash, vector);
        });
        return set;
    }

    private bool TryGrow(long size)
    {
        if (size <= _taken)
            return true;
        if (!_memory.TryTake(size - _taken))
            return false;
        Interlocked.Exchange(ref _taken, size);
        return true;
    }
}
