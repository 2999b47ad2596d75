namespace ChatBotKit.Server.Knowledge;

/// <summary>Counts the terms of a question in documents that are read one after another.</summary>
internal sealed class TermCounter
{
    private readonly IReadOnlyList<QuestionTerm> _terms;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly List<int> _prefixes = [];
    private readonly List<Hit>[] _hits;
    private readonly int[] _counts;
    private readonly ushort[] _lengths;
    private int _documents;
    private long _sum;
    private int _length;

    public TermCounter(IReadOnlyList<QuestionTerm> terms, int documents)
    {
        _terms = terms;
        _hits = [.. terms.Select(_ => new List<Hit>())];
        _counts = new int[terms.Count];
        _lengths = new ushort[documents];
        var exact = new Dictionary<string, int>();
        foreach (var (index, term) in terms.Index())
        {
            if (term.IsPrefix)
                _prefixes.Add(index);
            else
                exact[term.Text] = index;
        }

        _exact = exact.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Counts a term of the current document.</summary>
    /// <param name="term">The term.</param>
    /// <param name="times">How often it counts; in the length of the document it counts once.</param>
    public void Count(ReadOnlySpan<char> term, int times)
    {
        _length++;
        if (_exact.TryGetValue(term, out var index))
            _counts[index] += times;
        foreach (var prefix in _prefixes)
        {
            if (_terms[prefix].Matches(term))
                _counts[prefix] += times;
        }
    }

    /// <summary>Ends the current document and gives it a row.</summary>
    public void EndDocument(int row)
    {
        _lengths[row] = DocumentLengths.ValueOf(_length);
        _sum += _length;
        _documents++;
        _length = 0;
        for (var index = 0; index < _counts.Length; index++)
        {
            if (_counts[index] > 0)
                _hits[index].Add(new Hit(row, _counts[index]));
            _counts[index] = 0;
        }
    }

    /// <summary>Returns the scores of all documents.</summary>
    public TermScores Score()
    {
        var scores = new TermScores(new DocumentLengths(_lengths, _documents, _sum));
        foreach (var hits in _hits)
            scores.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(hits));
        return scores;
    }
}
