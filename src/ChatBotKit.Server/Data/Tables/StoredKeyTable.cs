using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of keys on PostgreSQL. With SQLite, keys are files.</summary>
internal static class StoredKeyTable
{
    public static SqlTable<StoredKeyRow> Rows { get; } = new(
        "StoredKeys",
        ["Name", "Value", "CreatedAt"],
        static row => new() { Name = row.GetString(0), Value = row.GetString(1), CreatedAt = row.GetInt64(2) },
        static (row, to) => to.Fill(row.Name, row.Value, row.CreatedAt));

    /// <summary>Lists the keys whose names begin with the prefix, oldest first.</summary>
    public static ValueTask<List<StoredKeyRow>> ListStoredKeysAsync(this ISqlSession db, string prefix) => db.ListAsync(
        Rows, """WHERE substr("Name", 1, length($1)) = $1 ORDER BY "CreatedAt", "Name" """, prefix);

    /// <summary>Stores a key, unless a key with its name exists.</summary>
    /// <returns>The stored key.</returns>
    public static async ValueTask<StoredKeyRow> AddStoredKeyAsync(this ISqlTransaction db, StoredKeyRow key)
    {
        if (await db.FirstAsync(Rows, """WHERE "Name" = $1""", key.Name) is { } stored)
            return stored;
        await db.InsertAsync(Rows, key);
        return key;
    }
}
