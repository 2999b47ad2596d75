namespace ChatBotKit.Server.Knowledge;

/// <summary>The lengths of all passages of an index, in the state of one moment.</summary>
internal sealed record PassageLengths(DocumentLengths Words, DocumentLengths Grams);

/// <summary>
/// The rows of the passages and their lengths, which each search needs. Changes are seen by searches when they are published. Not
/// thread-safe.
/// </summary>
internal sealed class PassageTable
{
    private readonly Stack<int> _free = new();
    private readonly List<int> _removed = [];
    private ushort[] _words = [];
    private ushort[] _grams = [];
    private int _rows;
    private int _wordCount;
    private long _wordSum;
    private int _gramCount;
    private long _gramSum;

    /// <summary>The number of passages that are not English.</summary>
    public int GramCount => _gramCount;

    /// <summary>The number of passages.</summary>
    public int Count => _wordCount;

    /// <summary>Adds a passage that is stored already. They come in the order of their rows.</summary>
    public void Load(int row, int words, int? grams)
    {
        while (_rows < row)
            _free.Push(_rows++);
        _rows = row + 1;
        Set(row, words, grams);
    }

    /// <summary>Adds a passage and returns its row.</summary>
    public int Add(int words, int? grams)
    {
        if (!_free.TryPop(out var row))
            row = _rows++;
        Set(row, words, grams);
        return row;
    }

    /// <summary>
    /// Removes a passage. Its row keeps the length until the next <see cref="Publish"/>, because searches may still find it.
    /// </summary>
    public void Remove(int row)
    {
        _wordCount--;
        _wordSum -= _words[row] - 1;
        if (_grams[row] > 0)
        {
            _gramCount--;
            _gramSum -= _grams[row] - 1;
        }

        _removed.Add(row);
    }

    /// <summary>Returns the lengths for the next searches.</summary>
    public PassageLengths Publish()
    {
        foreach (var row in _removed)
            _free.Push(row);
        _removed.Clear();
        return new PassageLengths(new(_words, _wordCount, _wordSum), new(_grams, _gramCount, _gramSum));
    }

    private void Set(int row, int words, int? grams)
    {
        if (row >= _words.Length)
        {
            // Searches go on with the arrays that they have.
            var length = Math.Max(16, Math.Max(row + 1, _words.Length + _words.Length / 2));
            Array.Resize(ref _words, length);
            Array.Resize(ref _grams, length);
        }

        _words[row] = DocumentLengths.ValueOf(words);
        _wordCount++;
        _wordSum += _words[row] - 1;
        _grams[row] = grams is { } count ? DocumentLengths.ValueOf(count) : (ushort)0;
        if (grams is not null)
        {
            _gramCount++;
            _gramSum += _grams[row] - 1;
        }
    }
}
