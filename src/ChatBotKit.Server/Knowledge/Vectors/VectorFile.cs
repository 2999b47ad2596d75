using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// The file with the vectors of a dataset, by the hash of their text. It can be made again as the index can, but a model had to compute each
/// vector. So it is a file of its own that outlives the index. Thread-safe.
/// </summary>
internal sealed class VectorFile : IDisposable
{
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
        var connection = VectorFileFormat.Open(path, identity);
        try
        {
            return new VectorFile(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
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
