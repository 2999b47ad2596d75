using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Knowledge;

/// <summary>A connection that searches an index, with its statements. Not thread-safe.</summary>
internal sealed class IndexReader : IDisposable
{
    /// <summary>The number of passages of a record that are returned.</summary>
    private const int MaxPassages = 5;

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _end;
    private readonly SqliteStatement _passage;
    private readonly SqliteStatement _passagesOfHash;
    private readonly TermHits _words;
    private readonly TermHits _grams;

    public IndexReader(SqliteConnections connections)
    {
        _connection = connections.OpenReader();
        _begin = new SqliteStatement(_connection, "BEGIN");
        _end = new SqliteStatement(_connection, "COMMIT");
        _passage = new SqliteStatement(_connection, "SELECT Record, Start, Length, Hash FROM Passages WHERE Id = $1");
        _passagesOfHash = new SqliteStatement(_connection, "SELECT Record, Start, Length, Hash FROM Passages WHERE Hash = $1");
        _words = new TermHits(_connection, "Word", keepsFrequent: true);
        _grams = new TermHits(_connection, "Gram", keepsFrequent: false);
    }

    /// <summary>Finds records by their words.</summary>
    public IReadOnlyList<FoundRecord> Search(Question question, PassageLengths lengths, int take, Func<string, bool>? accepts) =>
        Read(() => [.. FindByWords(question, lengths, take, accepts, null).Select(one => new FoundRecord(one.Record, one.Share, one.Spans))]);

    /// <summary>Finds records by their words and by their vectors.</summary>
    public IReadOnlyList<FoundRecord> Search(
        Question question, PassageLengths lengths, int take, Func<string, bool>? accepts, Similarities similarities) => Read(() =>
    {
        var depth = Math.Max(take, MergedRanking.Depth);
        return MergedRanking.Of(
            FindByWords(question, lengths, depth, accepts, similarities), FindByVectors(similarities, depth, accepts), similarities.Average, take);
    });

    public void Dispose()
    {
        _begin.Dispose();
        _end.Dispose();
        _passage.Dispose();
        _passagesOfHash.Dispose();
        _words.Dispose();
        _grams.Dispose();
        _connection.Dispose();
    }

    /// <summary>Runs queries that all see the same state.</summary>
    private IReadOnlyList<FoundRecord> Read(Func<IReadOnlyList<FoundRecord>> search)
    {
        _begin.Execute();
        var found = search();
        _end.Execute();
        return found;
    }

    private List<WordHit> FindByWords(
        Question question, PassageLengths lengths, int take, Func<string, bool>? accepts, Similarities? similarities)
    {
        using var words = _words.Score(question.Words, lengths.Words);
        using var grams = question.Grams.Count > 0 && lengths.Grams.Count > 0 ? _grams.Score(question.Grams, lengths.Grams) : null;
        var ranked = RankedRows.Of(words, grams);
        var records = new List<WordHit>();
        var passages = new Dictionary<string, List<TextSpan>>();
        // After the last record, some more passages of the found ones are looked for.
        for (var more = take; more > 0 && ranked.TryDequeue(out var row, out _); more -= records.Count == take ? 1 : 0)
        {
            if (Find(row) is not { } passage)
                continue;
            if (passages.TryGetValue(passage.Record, out var spans))
            {
                if (spans.Count < MaxPassages)
                    spans.Add(passage.Span);
            }
            else if (records.Count < take && accepts?.Invoke(passage.Record) != false)
            {
                passages.Add(passage.Record, spans = [passage.Span]);
                records.Add(new WordHit(
                    passage.Record, RankedRows.ScoreOf(row, words, grams), RankedRows.ShareOf(row, words, grams), CosineOf(passage, similarities), spans));
            }
        }

        return records;
    }

    private List<VectorHit> FindByVectors(Similarities similarities, int take, Func<string, bool>? accepts)
    {
        var records = new List<VectorHit>();
        var passages = new Dictionary<string, List<TextSpan>>();
        var more = take;
        foreach (var (hash, cosine) in similarities.Best())
        {
            foreach (var passage in Find(hash))
            {
                if (passages.TryGetValue(passage.Record, out var spans))
                {
                    if (spans.Count < MaxPassages)
                        spans.Add(passage.Span);
                }
                else if (records.Count < take && accepts?.Invoke(passage.Record) != false)
                {
                    passages.Add(passage.Record, spans = [passage.Span]);
                    records.Add(new VectorHit(passage.Record, cosine, spans));
                }
            }

            if (records.Count == take && --more == 0)
                break;
        }

        return records;
    }

    private static float? CosineOf(in FoundPassage passage, Similarities? similarities) =>
        passage.Hash is { } hash ? similarities?.Of(hash) : null;

    private FoundPassage? Find(int row)
    {
        using var rows = _passage.Query(row);
        return rows.Read() ? PassageOf(rows) : null;
    }

    private List<FoundPassage> Find(UInt128 hash)
    {
        var found = new List<FoundPassage>(1);
        using var rows = _passagesOfHash.Query(TextHash.Bytes(hash));
        while (rows.Read())
            found.Add(PassageOf(rows));
        return found;
    }

    private static FoundPassage PassageOf(SqliteRowReader row) => new(
        row.GetString(0), new TextSpan((int)row.GetInt64(1), (int)row.GetInt64(2)), row.IsNull(3) ? null : TextHash.Read(row.GetSpan(3)));

    private readonly record struct FoundPassage(string Record, TextSpan Span, UInt128? Hash);
}
