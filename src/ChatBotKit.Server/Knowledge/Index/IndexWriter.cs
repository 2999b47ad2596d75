using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatBotKit.Server.Knowledge;

/// <summary>The one connection that changes an index, with its statements. Not thread-safe.</summary>
internal sealed class IndexWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<SqliteStatement> _prepared = [];
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _passagesOfRecord;
    private readonly SqliteStatement _deletePassage;
    private readonly SqliteStatement _deleteWords;
    private readonly SqliteStatement _deleteGrams;
    private readonly SqliteStatement _insertPassage;
    private readonly SqliteStatement _insertWords;
    private readonly SqliteStatement _insertGrams;
    private readonly SqliteStatement _setLastChange;
    private readonly IndexVectors _vectors;
    private readonly DocumentTerms _terms = new();
    private PassageTable _passages;

    public IndexWriter(SqliteConnection connection, EmbeddedTexts texts)
    {
        _connection = connection;
        _vectors = new IndexVectors(connection, texts);
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _passagesOfRecord = Prepare("SELECT Id, Grams, Hash FROM Passages WHERE Record = $1");
        _deletePassage = Prepare("DELETE FROM Passages WHERE Id = $1");
        _deleteWords = Prepare("DELETE FROM Words WHERE rowid = $1");
        _deleteGrams = Prepare("DELETE FROM Grams WHERE rowid = $1");
        _insertPassage = Prepare("INSERT INTO Passages (Id, Record, Start, Length, Words, Grams, Hash) VALUES ($1, $2, $3, $4, $5, $6, $7)");
        _insertWords = Prepare("INSERT INTO Words (rowid, terms) VALUES ($1, $2)");
        _insertGrams = Prepare("INSERT INTO Grams (rowid, terms) VALUES ($1, $2)");
        _setLastChange = Prepare("UPDATE State SET LastChange = $1");
        _passages = LoadPassages();
        Lengths = _passages.Publish();
    }

    /// <summary>Which passages have a vector.</summary>
    public IndexVectors Vectors => _vectors;

    /// <summary>The lengths of the stored passages.</summary>
    public PassageLengths Lengths { get; private set; }

    public long ReadLastChange()
    {
        using var statement = new SqliteStatement(_connection, "SELECT LastChange FROM State");
        using var rows = statement.Query();
        return rows.Read() ? rows.GetInt64(0) : 0;
    }

    /// <summary>Stores the changes in one transaction.</summary>
    public void Apply(IReadOnlyCollection<IndexedRecord> stored, IReadOnlyCollection<string> removed, long lastChange)
    {
        try
        {
            Transact(() =>
            {
                foreach (var id in removed)
                    Remove(id);
                Store(stored);
                _setLastChange.Execute(lastChange);
            });
            Lengths = _passages.Publish();
        }
        catch
        {
            _passages = LoadPassages();
            throw;
        }
    }

    /// <summary>Runs a change in a transaction.</summary>
    public void Transact(Action change)
    {
        _begin.Execute();
        try
        {
            change();
            _commit.Execute();
        }
        catch
        {
            if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
                _rollback.Execute();
            throw;
        }
    }

    /// <summary>Merges the parts of the index, and gives back what the write-ahead log takes.</summary>
    public void Optimize()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = """
            INSERT INTO Words (Words) VALUES ('optimize');
            INSERT INTO Grams (Grams) VALUES ('optimize');
            PRAGMA incremental_vacuum;
            PRAGMA wal_checkpoint(TRUNCATE);
            PRAGMA shrink_memory;
            """;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _prepared.ForEach(statement => statement.Dispose());
        _vectors.Dispose();
        _connection.Dispose();
    }

    private void Store(IReadOnlyCollection<IndexedRecord> stored)
    {
        if (stored.Count == 0)
            return;
        // An id that comes twice is stored once, as it was last.
        var records = stored.Reverse().DistinctBy(record => record.Id).Reverse().ToList();
        var isEnglish = EnglishTexts.JudgeAll(
            [.. records.Select(record => record.Text)], _passages.Count - _passages.GramCount, _passages.GramCount);
        foreach (var (index, record) in records.Index())
        {
            Remove(record.Id);
            foreach (var span in RecordPassages.Of(record.Text))
                Insert(record, span, isEnglish[index]);
        }
    }

    private void Insert(IndexedRecord record, TextSpan span, bool isEnglish)
    {
        _terms.Read(record.Title, record.Text.AsSpan(span.Start, span.Length), isEnglish);
        int? grams = isEnglish ? null : _terms.GramCount;
        var row = _passages.Add(_terms.WordCount, grams);
        _insertWords.Execute(row, _terms.Words);
        if (grams is not null)
            _insertGrams.Execute(row, _terms.Grams);
        var hash = _vectors.HashOf(record, span, isEnglish);
        _insertPassage.Execute(row, record.Id, span.Start, span.Length, _terms.WordCount, grams, hash);
        if (hash is not null)
            _vectors.Added(row, hash);
    }

    private void Remove(string id)
    {
        var rows = new List<(int Row, bool HasGrams, byte[]? Hash)>();
        using (var found = _passagesOfRecord.Query(id))
        {
            while (found.Read())
                rows.Add(((int)found.GetInt64(0), !found.IsNull(1), found.IsNull(2) ? null : found.GetBytes(2)));
        }

        foreach (var (row, hasGrams, hash) in rows)
        {
            _deleteWords.Execute(row);
            if (hasGrams)
                _deleteGrams.Execute(row);
            _deletePassage.Execute(row);
            _passages.Remove(row);
            if (hash is not null)
                _vectors.Removed(row, hash);
        }
    }

    private PassageTable LoadPassages()
    {
        var passages = new PassageTable();
        using var statement = new SqliteStatement(_connection, "SELECT Id, Words, Grams FROM Passages ORDER BY Id");
        using var rows = statement.Query();
        while (rows.Read())
            passages.Load((int)rows.GetInt64(0), (int)rows.GetInt64(1), rows.IsNull(2) ? null : (int)rows.GetInt64(2));
        return passages;
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_connection, sql);
        _prepared.Add(statement);
        return statement;
    }
}
