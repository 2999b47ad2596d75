using ChatBotKit.Server.Data.Rows;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// Appends audit records to the chain of their account, on the writer's connection. The last record is read in the transaction of
/// the insert, so two records never follow the same one.
/// </summary>
internal sealed class AuditChain : IDisposable
{
    private readonly SqliteStatement _last;
    private readonly SqliteStatement _insert;

    // The last record of each account's chain, cached for the current transaction.
    private readonly Dictionary<string, (long Number, byte[] Hash)> _lasts = [];
    private readonly SqliteStatement _firstUse;

    public AuditChain(SqliteConnection connection)
    {
        _last = new SqliteStatement(connection, """
            SELECT "Number", "Hash" FROM "AuditRecords" WHERE "AccountId" = $1 ORDER BY "Number" DESC LIMIT 1
            """);
        _insert = new SqliteStatement(connection, AuditTable.Rows.Insert);
        _firstUse = new SqliteStatement(connection, SessionTable.NoteFirstUse);
    }

    /// <summary>Clears the cache of last records, because the next transaction may follow a rollback.</summary>
    public void Forget() => _lasts.Clear();

    /// <summary>Appends the record. A record of a first use is skipped when the session already has one.</summary>
    public void Append(AuditRow record)
    {
        if (record.Type == SessionAuditType.Use.Value && _firstUse.Execute(record.SessionId, record.CreatedAt) == 0)
            return;
        var last = _lasts.TryGetValue(record.AccountId, out var known) ? known : ReadLast(record.AccountId);
        (record.Number, record.PreviousHash) = (last.Number + 1, last.Hash);
        record.Hash = record.ComputeHash();
        _insert.Execute(AuditTable.Rows, record);
        _lasts[record.AccountId] = (record.Number, record.Hash);
    }

    public void Dispose()
    {
        _last.Dispose();
        _insert.Dispose();
        _firstUse.Dispose();
    }

    private (long Number, byte[] Hash) ReadLast(string accountId)
    {
        using var row = _last.Query(accountId);
        return row.Read() ? (row.GetInt64(0), row.GetBytes(1)) : (0, new byte[32]);
    }
}
