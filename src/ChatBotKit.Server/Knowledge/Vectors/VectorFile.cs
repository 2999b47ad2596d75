using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// The file with the vectors of a dataset, by the hash of their text. It stands beside the index and can be made again as that can, but
/// a model had to compute each vector. So it outlives the index, and a text that comes back has its vector already. Thread-safe.
/// </summary>
internal sealed class VectorFile : IDisposable
{
    private const int Format = 1;

    // A text that the model refuses is stored without a vector, so that it is not sent again.
    private const string Schema = """
        CREATE TABLE Vectors (Hash BLOB PRIMARY KEY, Vector BLOB) WITHOUT ROWID;
        CREATE TABLE State (Identity TEXT NOT NULL, Generation TEXT NOT NULL, Dimensions INTEGER);
        """;

    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _has;
    private readonly SqliteStatement _add;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _list;
    private readonly SqliteStatement _count;

    private VectorFile(SqliteConnection connection)
    {
        _connection = connection;
        _has = new SqliteStatement(connection, "SELECT 1 FROM Vectors WHERE Hash = $1");
        _add = new SqliteStatement(connection, "INSERT OR IGNORE INTO Vectors (Hash, Vector) VALUES ($1, $2)");
        _delete = new SqliteStatement(connection, "DELETE FROM Vectors WHERE Hash = $1");
        _list = new SqliteStatement(connection, "SELECT Hash, Vector FROM Vectors");
        _count = new SqliteStatement(connection, "SELECT COUNT(*) FROM Vectors WHERE Vector IS NOT NULL");
        using var statement = new SqliteStatement(connection, "SELECT Generation, Dimensions FROM State");
        using var rows = statement.Query();
        rows.Read();
        (Generation, Dimensions) = (rows.GetString(0), rows.IsNull(1) ? null : (int)rows.GetInt64(1));
    }

    /// <summary>A name that no other file has had. An index of another name does not know which vectors this file has.</summary>
    public string Generation { get; }

    /// <summary>The dimensions of the vectors; null before the first one.</summary>
    public int? Dimensions { get; private set; }

    /// <summary>
    /// Opens the file. A missing one is created; one that is damaged, or has vectors of another model, is replaced by an empty one.
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="identity">The identity of the model.</param>
    public static VectorFile Open(string path, string identity)
    {
        try
        {
            if (File.Exists(path) && TryOpen(path, identity) is { } file)
                return file;
        }
        catch (SqliteException exception) when (IndexFile.IsDamage(exception))
        {
            // It is replaced below.
        }

        IndexFile.Delete(path);
        File.Create(path).Dispose();
        return Create(IndexFile.Connections(path).OpenWriter(isNew: true), identity);
    }

    /// <summary>Whether the text has a vector, or was refused by the model.</summary>
    public bool Has(UInt128 hash)
    {
        lock (_lock)
        {
            using var rows = _has.Query(Bytes(hash));
            return rows.Read();
        }
    }

    /// <summary>Returns the number of vectors.</summary>
    public long Count()
    {
        lock (_lock)
        {
            using var rows = _count.Query();
            return rows.Read() ? rows.GetInt64(0) : 0;
        }
    }

    /// <summary>Stores vectors in one transaction.</summary>
    /// <param name="vectors">Packed vectors of the same dimensions; null for a text that has none.</param>
    /// <exception cref="VectorDimensionsException">The vectors have other dimensions than those in the file.</exception>
    public void Add(IReadOnlyCollection<(UInt128 Hash, byte[]? Vector)> vectors)
    {
        lock (_lock)
        {
            var dimensions = Check(vectors);
            Write(() =>
            {
                foreach (var (hash, vector) in vectors)
                    _add.Execute(Bytes(hash), vector);
                if (dimensions != Dimensions)
                    Run($"UPDATE State SET Dimensions = {dimensions}");
            });
            Dimensions = dimensions;
        }
    }

    /// <summary>Deletes vectors; unknown ones are ignored.</summary>
    public void Delete(IReadOnlyCollection<UInt128> hashes)
    {
        lock (_lock)
        {
            Write(() =>
            {
                foreach (var hash in hashes)
                    _delete.Execute(Bytes(hash));
            });
        }
    }

    /// <summary>Calls a method for each text with its vector, which is empty for a text without one. The file can't be changed meanwhile.</summary>
    public void Read(ReadVector read)
    {
        lock (_lock)
        {
            using var rows = _list.Query();
            while (rows.Read())
                read(TextHash.Read(rows.GetSpan(0)), rows.GetSpan(1));
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var statement in (ReadOnlySpan<SqliteStatement>)[_has, _add, _delete, _list, _count])
                statement.Dispose();
            _connection.Dispose();
        }
    }

    private static VectorFile? TryOpen(string path, string identity)
    {
        var connection = IndexFile.Connections(path).OpenWriter();
        try
        {
            using var version = new SqliteStatement(connection, "PRAGMA user_version");
            using var state = new SqliteStatement(connection, "SELECT Identity FROM State");
            using var format = version.Query();
            using var row = state.Query();
            if (format.Read() && format.GetInt64(0) == Format && row.Read() && row.GetString(0) == identity)
                return new VectorFile(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        connection.Dispose();
        return null;
    }

    private static VectorFile Create(SqliteConnection connection, string identity)
    {
        try
        {
            // The format is stored last and in the same transaction, so that half a file is none.
            using var command = connection.CreateCommand();
            command.CommandText = $"""
                BEGIN; {Schema} INSERT INTO State (Identity, Generation) VALUES ($1, $2); PRAGMA user_version = {Format}; COMMIT;
                """;
            command.Parameters.AddWithValue("$1", identity);
            command.Parameters.AddWithValue("$2", Guid.NewGuid().ToString("N"));
            command.ExecuteNonQuery();
            return new VectorFile(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private int? Check(IReadOnlyCollection<(UInt128 Hash, byte[]? Vector)> vectors)
    {
        var dimensions = Dimensions;
        foreach (var (_, vector) in vectors)
        {
            if (vector is null)
                continue;
            var found = PackedVector.DimensionsOf(vector);
            if ((dimensions ??= found) != found)
                throw new VectorDimensionsException(found, dimensions);
        }

        return dimensions;
    }

    private void Write(Action change)
    {
        Run("BEGIN IMMEDIATE");
        try
        {
            change();
            Run("COMMIT");
        }
        catch
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
                Run("ROLLBACK");
            throw;
        }
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static byte[] Bytes(UInt128 hash) => TextHash.Bytes(hash);
}

/// <summary>Takes a vector out of a file. The vector is valid during the call.</summary>
internal delegate void ReadVector(UInt128 hash, ReadOnlySpan<byte> vector);
