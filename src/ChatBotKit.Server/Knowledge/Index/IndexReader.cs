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
    private readonly TermHits _words;
    private readonly TermHits _grams;

    public IndexReader(SqliteConnections connections)
    {
        _connection = connections.OpenReader();
        _begin = new SqliteStatement(_connection, "BEGIN");
        _end = new SqliteStatement(_connection, "COMMIT");
        _passage = new SqliteStatement(_connection, "SELECT Record, Start, Length FROM Passages WHERE Id = $1");
        _words = new TermHits(_connection, "Word", keepsFrequent: true);
        _grams = new TermHits(_connection, "Gram", keepsFrequent: false);
    }

    public IReadOnlyList<FoundRecord> Search(Question question, PassageLengths lengths, int take, Func<string, bool>? accepts)
    {
        // All queries see the same state.
        _begin.Execute();
        using var words = _words.Score(question.Words, lengths.Words);
        using var grams = question.Grams.Count > 0 && lengths.Grams.Count > 0 ? _grams.Score(question.Grams, lengths.Grams) : null;
        var found = Collect(words, grams, take, accepts);
        _end.Execute();
        return found;
    }

    public void Dispose()
    {
        _begin.Dispose();
        _end.Dispose();
        _passage.Dispose();
        _words.Dispose();
        _grams.Dispose();
        _connection.Dispose();
    }

    private List<FoundRecord> Collect(TermScores words, TermScores? grams, int take, Func<string, bool>? accepts)
    {
        var ranked = RankedRows.Of(words, grams);
        var records = new List<FoundRecord>();
        var passages = new Dictionary<string, List<TextSpan>>();
        // After the last record, some more passages of the found ones are looked for.
        for (var more = take; more > 0 && ranked.TryDequeue(out var row, out _); more -= records.Count == take ? 1 : 0)
        {
            if (Find(row) is not var (record, span))
                continue;
            if (passages.TryGetValue(record, out var spans))
            {
                if (spans.Count < MaxPassages)
                    spans.Add(span);
            }
            else if (records.Count < take && accepts?.Invoke(record) != false)
            {
                passages.Add(record, spans = [span]);
                records.Add(new FoundRecord(record, RankedRows.ShareOf(row, words, grams), spans));
            }
        }

        return records;
    }

    private (string Record, TextSpan Span)? Find(int row)
    {
        using var rows = _passage.Query(row);
        return rows.Read() ? (rows.GetString(0), new TextSpan((int)rows.GetInt64(1), (int)rows.GetInt64(2))) : null;
    }
}
