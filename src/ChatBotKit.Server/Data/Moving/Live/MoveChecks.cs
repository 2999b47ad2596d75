using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>Checks a SQLite database before it is moved.</summary>
internal static class MoveChecks
{
    /// <exception cref="StartupException">The database is damaged, or an audit chain is broken.</exception>
    public static async Task RunAsync(SqliteConnections connections, SqliteConnection snapshot, MoveOptions options, TextWriter output)
    {
        if (SqliteIntegrity.Check(connections) is [var fault, ..])
            throw new StartupException($"The database '{connections.Path}' is damaged: {fault}. Restore it from a backup first.");
        using var session = new SqliteSession(snapshot);
        foreach (var (account, number) in await AuditChains.FindBrokenAsync(session))
        {
            var finding = $"The audit chain of the account {account} is broken at the record {number}";
            await output.WriteLineAsync(options.AcceptsBrokenAudit
                ? finding
                : throw new StartupException($"{finding}: a record was changed or removed. Find out why, or add --accept-broken-audit to move it as it is."));
        }
    }
}
