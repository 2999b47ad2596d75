using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Ranks passages with SQLite's full-text index. Each call builds an index in memory, because the texts come with the request.
/// </summary>
internal sealed class PassageSearch : IPassageSearch
{
    // Far more than a bot has. The limit keeps one request from using the processor for many seconds.
    private const int MaxPassages = 10_000;

    private const string CreateIndex =
        """
        CREATE VIRTUAL TABLE passage USING fts5(
            source, body, content = '', tokenize = 'porter unicode61 remove_diacritics 2')
        """;

    // The title of a text hints at its subject, but the passage itself must weigh more.
    private const string FindBest =
        """
        SELECT rowid FROM passage WHERE passage MATCH $query
        ORDER BY bm25(passage, 0.5, 1.0), rowid LIMIT $take
        """;

    public IReadOnlyList<Passage> Search(IReadOnlyList<Passage> texts, string question, int take)
    {
        var terms = SearchTerms.OfQuestion(question);
        if (take <= 0 || terms.Count == 0)
            return [];
        List<Passage> passages = [.. texts.SelectMany(PassageSplitter.Split).Take(MaxPassages)];
        if (passages.Count == 0)
            return [];

        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        Fill(connection, passages);
        return Find(connection, passages, terms, take);
    }

    private static void Fill(SqliteConnection connection, List<Passage> passages)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = CreateIndex;
        command.ExecuteNonQuery();

        command.CommandText = "INSERT INTO passage (rowid, source, body) VALUES ($row, $source, $body)";
        var row = command.Parameters.Add("$row", SqliteType.Integer);
        var source = command.Parameters.Add("$source", SqliteType.Text);
        var body = command.Parameters.Add("$body", SqliteType.Text);
        for (var i = 0; i < passages.Count; i++)
        {
            row.Value = i;
            source.Value = SearchTerms.Segment(passages[i].Source);
            body.Value = SearchTerms.Segment(passages[i].Text);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static List<Passage> Find(
        SqliteConnection connection, List<Passage> passages, IReadOnlyList<string> terms, int take)
    {
        using var command = connection.CreateCommand();
        command.CommandText = FindBest;
        // Terms contain only letters, digits and marks. In quotes they are data and cannot act as operators of the query language.
        command.Parameters.AddWithValue("$query", string.Join(" OR ", terms.Select(term => $"\"{term}\"")));
        command.Parameters.AddWithValue("$take", take);
        using var reader = command.ExecuteReader();
        var found = new List<Passage>();
        while (reader.Read())
            found.Add(passages[reader.GetInt32(0)]);
        return found;
    }
}
