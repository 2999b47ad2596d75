using System.Runtime.InteropServices;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads which passages have a term, from one of the two tables of terms. Not thread-safe.</summary>
internal sealed class TermHits : IDisposable
{
    /// <summary>The number of passages from which frequent terms are left out.</summary>
    private const int ManyPassages = 20_000;

    /// <summary>A term in more than this part of the passages hardly distinguishes them, and takes longest to read.</summary>
    private const int FrequentPart = 4;

    /// <summary>The number of hits after which only the rarest terms have been read. It bounds the time of a search.</summary>
    private const int MaxHits = 100_000;

    // Follows all text in the order of UTF-8 that begins with a prefix of the scripts that are searched by prefixes.
    private const string Last = "\uFFFF";

    private readonly bool _keepsFrequent;
    private readonly SqliteStatement _hits;
    private readonly SqliteStatement _hitsOfPrefix;
    private readonly SqliteStatement _count;
    private readonly SqliteStatement _countOfPrefix;
    private readonly List<int> _rows = [];
    private readonly List<Hit> _found = [];

    /// <summary>Prepares the statements.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="table">The table: <c>Word</c> or <c>Gram</c>.</param>
    /// <param name="keepsFrequent">Whether frequent terms are read where there are no others.</param>
    public TermHits(SqliteConnection connection, string table, bool keepsFrequent)
    {
        _keepsFrequent = keepsFrequent;
        _hits = new SqliteStatement(connection, $"SELECT doc FROM {table}Hits WHERE term = $1");
        _hitsOfPrefix = new SqliteStatement(connection, $"SELECT doc FROM {table}Hits WHERE term >= $1 AND term <= $2 ORDER BY doc");
        _count = new SqliteStatement(connection, $"SELECT doc FROM {table}Counts WHERE term = $1");
        _countOfPrefix = new SqliteStatement(connection, $"SELECT SUM(doc) FROM {table}Counts WHERE term >= $1 AND term <= $2");
    }

    /// <summary>Returns the scores of all passages that have one of the terms.</summary>
    public TermScores Score(IReadOnlyList<QuestionTerm> terms, DocumentLengths lengths)
    {
        var scores = new TermScores(lengths);
        try
        {
            foreach (var term in lengths.Count <= ManyPassages ? terms : Rarest(terms, lengths.Count))
                scores.Add(Find(term));
            return scores;
        }
        catch
        {
            scores.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _hits.Dispose();
        _hitsOfPrefix.Dispose();
        _count.Dispose();
        _countOfPrefix.Dispose();
    }

    /// <summary>Returns the terms that are read of a large index: all that none has, the rarest, and those that are not too many.</summary>
    private List<QuestionTerm> Rarest(IReadOnlyList<QuestionTerm> terms, int passages)
    {
        var chosen = new List<QuestionTerm>();
        var read = 0L;
        foreach (var (term, count) in terms.Select(term => (term, Count(term))).OrderBy(one => one.Item2))
        {
            if ((count > passages / FrequentPart && (read > 0 || !_keepsFrequent)) || (read > 0 && read + count > MaxHits))
                break;
            chosen.Add(term);
            read += count;
        }

        return chosen;
    }

    private long Count(QuestionTerm term)
    {
        using var rows = term.IsPrefix ? _countOfPrefix.Query(term.Text, term.Text + Last) : _count.Query(term.Text);
        return rows.Read() && !rows.IsNull(0) ? rows.GetInt64(0) : 0;
    }

    /// <summary>Returns the passages with a term. The table has a row for each place of a term, in the order of the passages.</summary>
    private ReadOnlySpan<Hit> Find(QuestionTerm term)
    {
        _rows.Clear();
        _found.Clear();
        using (var rows = term.IsPrefix ? _hitsOfPrefix.Query(term.Text, term.Text + Last) : _hits.Query(term.Text))
        {
            while (rows.Read())
                _rows.Add((int)rows.GetInt64(0));
        }

        for (var (start, end) = (0, 0); start < _rows.Count; start = end)
        {
            while (end < _rows.Count && _rows[end] == _rows[start])
                end++;
            _found.Add(new Hit(_rows[start], end - start));
        }

        return CollectionsMarshal.AsSpan(_found);
    }
}
