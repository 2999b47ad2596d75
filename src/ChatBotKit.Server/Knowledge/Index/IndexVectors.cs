using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Knowledge;

/// <summary>A passage whose vector was not looked for yet.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Record">The id of its record.</param>
/// <param name="Span">Its place in the text of the record.</param>
/// <param name="Hash">The hash of the text that the model gets.</param>
internal readonly record struct UnembeddedPassage(int Row, string Record, TextSpan Span, UInt128 Hash);

/// <summary>
/// The passages of an index that lack a vector, and the vectors that no passage needs. The statements run on the connection of the writer,
/// in its transactions. Not thread-safe.
/// </summary>
internal sealed class IndexVectors : IDisposable
{
    private readonly EmbeddedTexts _texts;
    private readonly List<SqliteStatement> _prepared = [];
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _addUnembedded;
    private readonly SqliteStatement _removeUnembedded;
    private readonly SqliteStatement _setEmbedded;
    private readonly SqliteStatement _addUnused;
    private readonly SqliteStatement _removeUnused;
    private readonly SqliteStatement _listUnembedded;
    private readonly SqliteStatement _listUnused;
    private readonly SqliteStatement _listHashes;
    private readonly SqliteStatement _file;
    private readonly SqliteStatement _setFile;
    private readonly SqliteStatement _addAll;

    public IndexVectors(SqliteConnection connection, EmbeddedTexts texts)
    {
        (_connection, _texts) = (connection, texts);
        _addUnembedded = Prepare("INSERT OR REPLACE INTO Unembedded (Id) VALUES ($1)");
        _removeUnembedded = Prepare("DELETE FROM Unembedded WHERE Id = $1");
        // The row may have another text by now.
        _setEmbedded = Prepare("DELETE FROM Unembedded WHERE Id = $1 AND EXISTS (SELECT 1 FROM Passages WHERE Passages.Id = $1 AND Hash = $2)");
        _addUnused = Prepare("INSERT OR IGNORE INTO Unused (Hash) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM Passages WHERE Hash = $1)");
        _removeUnused = Prepare("DELETE FROM Unused WHERE Hash = $1");
        _listUnembedded = Prepare("""
            SELECT Id, Record, Start, Length, Hash FROM Unembedded JOIN Passages USING (Id) WHERE Id > $1 ORDER BY Id LIMIT $2
            """);
        _listUnused = Prepare("SELECT Hash FROM Unused LIMIT $1");
        _listHashes = Prepare("SELECT DISTINCT Hash FROM Passages WHERE Hash IS NOT NULL");
        _file = Prepare("SELECT Vectors FROM State");
        _setFile = Prepare("UPDATE State SET Vectors = $1");
        _addAll = Prepare("INSERT OR IGNORE INTO Unembedded (Id) SELECT Id FROM Passages WHERE Hash IS NOT NULL");
    }

    /// <summary>Returns the hash of the text that the model gets; null for a passage that gets no vector.</summary>
    public byte[]? HashOf(IndexedRecord record, TextSpan span, bool isEnglish) =>
        _texts == EmbeddedTexts.All || (_texts == EmbeddedTexts.English && isEnglish)
            ? TextHash.Bytes(TextHash.Of(EmbeddedText.Of(record.Title, record.Text, span)))
            : null;

    /// <summary>Takes note of a passage that was stored.</summary>
    public void Added(int row, byte[] hash)
    {
        _addUnembedded.Execute(row);
        _removeUnused.Execute(hash);
    }

    /// <summary>Takes note of a passage that was deleted.</summary>
    public void Removed(int row, byte[] hash)
    {
        _removeUnembedded.Execute(row);
        _addUnused.Execute(hash);
    }

    /// <summary>The name of the file of vectors that the index knows; null for a new index.</summary>
    public string? File
    {
        get
        {
            using var rows = _file.Query();
            return rows.Read() && !rows.IsNull(0) ? rows.GetString(0) : null;
        }
    }

    /// <summary>Begins with another file of vectors: the vector of every passage has to be looked for.</summary>
    public void SetFile(string name)
    {
        _addAll.Execute();
        _setFile.Execute(name);
    }

    public List<UnembeddedPassage> ListUnembedded(int after, int take)
    {
        var passages = new List<UnembeddedPassage>();
        using var rows = _listUnembedded.Query(after, take);
        while (rows.Read())
        {
            passages.Add(new UnembeddedPassage(
                (int)rows.GetInt64(0), rows.GetString(1), new TextSpan((int)rows.GetInt64(2), (int)rows.GetInt64(3)), TextHash.Read(rows.GetSpan(4))));
        }

        return passages;
    }

    public List<UInt128> ListUnused(int take) => Hashes(_listUnused.Query(take));

    public List<UInt128> ListHashes() => Hashes(_listHashes.Query());

    public void SetEmbedded(in UnembeddedPassage passage) => _setEmbedded.Execute(passage.Row, TextHash.Bytes(passage.Hash));

    public void ForgetUnused(UInt128 hash) => _removeUnused.Execute(TextHash.Bytes(hash));

    public void Dispose() => _prepared.ForEach(statement => statement.Dispose());

    private static List<UInt128> Hashes(SqliteRowReader rows)
    {
        var hashes = new List<UInt128>();
        using (rows)
        {
            while (rows.Read())
                hashes.Add(TextHash.Read(rows.GetSpan(0)));
        }

        return hashes;
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_connection, sql);
        _prepared.Add(statement);
        return statement;
    }
}
