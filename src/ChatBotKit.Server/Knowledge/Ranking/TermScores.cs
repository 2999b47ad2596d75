using System.Buffers;

namespace ChatBotKit.Server.Knowledge;

/// <summary>How often a document has a term.</summary>
internal readonly record struct Hit(int Row, int Count);

/// <summary>
/// Adds up the scores of documents, term by term. Beside the score it keeps which share of the weight of all terms a document has.
/// </summary>
internal sealed class TermScores : IDisposable
{
    private readonly DocumentLengths _lengths;
    private readonly float[] _scores;
    private readonly float[] _held;
    private float _mass;

    public TermScores(DocumentLengths lengths)
    {
        _lengths = lengths;
        _scores = Rent(lengths.Rows);
        _held = Rent(lengths.Rows);
    }

    /// <summary>The scores by row.</summary>
    public ReadOnlySpan<float> Scores => _scores.AsSpan(0, _lengths.Rows);

    /// <summary>Adds a term with all documents that have it. A term that none has lowers the shares.</summary>
    public void Add(ReadOnlySpan<Hit> hits)
    {
        var idf = Bm25.Idf(hits.Length, _lengths.Count);
        var average = _lengths.Average;
        _mass += idf;
        foreach (var (row, count) in hits)
        {
            // A document that was stored after the lengths were read belongs to a later search.
            if (!_lengths.Contains(row))
                continue;
            _scores[row] += idf * Bm25.Saturation(count, _lengths.Of(row), average);
            _held[row] += idf;
        }
    }

    /// <summary>
    /// Returns the share of the weight of the terms that a document has, from 0 to 1; null for a document without terms of this
    /// kind, or a question without them.
    /// </summary>
    public double? ShareOf(int row) => _mass > 0 && _lengths.Contains(row) ? Math.Min(1, _held[row] / _mass) : null;

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_scores);
        ArrayPool<float>.Shared.Return(_held);
    }

    private static float[] Rent(int length)
    {
        var values = ArrayPool<float>.Shared.Rent(length);
        Array.Clear(values, 0, length);
        return values;
    }
}
