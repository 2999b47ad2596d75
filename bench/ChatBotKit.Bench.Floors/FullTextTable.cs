using Microsoft.Data.Sqlite;

namespace ChatBotKit.Bench.Floors;

/// <summary>SQLite's own full-text index in a file: one row for each text.</summary>
internal sealed class FullTextTable : IDisposable
{
    /// <summary>Finds other forms of English words.</summary>
    public const string Porter = "porter unicode61 remove_diacritics 2";

    /// <summary>Finds parts of words, of three characters and more, in any language.</summary>
    public const string Trigram = "trigram remove_diacritics 1";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _find;

    public FullTextTable(string path, string tokenizer = Porter)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        Execute($"""
            PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
            CREATE VIRTUAL TABLE texts USING fts5(title, body, content = '', tokenize = '{tokenizer}')
            """);
        _find = _connection.CreateCommand();
        _find.CommandText = "SELECT rowid FROM texts WHERE texts MATCH $query ORDER BY rank LIMIT $take";
        _find.Parameters.Add("$query", SqliteType.Text);
        _find.Parameters.Add("$take", SqliteType.Integer);
    }

    /// <summary>Adds texts in one transaction, with their places as rows.</summary>
    public void Add(IReadOnlyList<(string Title, string Text)> texts, int firstRow)
    {
        using var transaction = _connection.BeginTransaction();
        using var insert = _connection.CreateCommand();
        insert.CommandText = "INSERT INTO texts (rowid, title, body) VALUES ($row, $title, $body)";
        var row = insert.Parameters.Add("$row", SqliteType.Integer);
        var title = insert.Parameters.Add("$title", SqliteType.Text);
        var body = insert.Parameters.Add("$body", SqliteType.Text);
        foreach (var (index, text) in texts.Index())
        {
            row.Value = firstRow + index;
            title.Value = text.Title;
            body.Value = text.Text;
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>Returns the rows that have any of the words, best first.</summary>
    public List<int> Find(IEnumerable<string> words, int take)
    {
        var query = string.Join(" OR ", words.Select(word => $"\"{word}\""));
        var found = new List<int>();
        if (query.Length == 0)
            return found;
        _find.Parameters[0].Value = query;
        _find.Parameters[1].Value = take;
        using var rows = _find.ExecuteReader();
        while (rows.Read())
            found.Add(rows.GetInt32(0));
        return found;
    }

    /// <summary>Merges the index and writes all of it to the file.</summary>
    public void Optimize() => Execute("INSERT INTO texts (texts) VALUES ('optimize'); PRAGMA wal_checkpoint(TRUNCATE)");

    public void Dispose()
    {
        _find.Dispose();
        _connection.Dispose();
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
