using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>Copies all tables in the transaction of the target, and then compares what the target holds with what was read.</summary>
internal sealed class VerifiedCopy(SqliteConnection source, NpgsqlConnection target, IReadOnlyList<MovedTable> tables, TextWriter output)
{
    /// <summary>Returns the line of the report about a table.</summary>
    public static string Line(MovedTable table, TableDigest digest, long replaced) =>
        $"{table.Name}: {digest}{(replaced > 0 ? $"; characters that PostgreSQL can't store were replaced by U+FFFD in {replaced} texts" : "")}";

    /// <param name="keys">The directory of the keys.</param>
    /// <param name="acceptsBrokenAudit">Whether audit chains may be broken.</param>
    /// <param name="cancellationToken">The token that cancels the copy.</param>
    /// <exception cref="StartupException">The rows can't be moved, or the target holds others than the source.</exception>
    public async Task RunAsync(string keys, bool acceptsBrokenAudit, CancellationToken cancellationToken)
    {
        var indexes = await TargetIndexes.DropAsync(target);
        var copied = new Dictionary<MovedTable, TableDigest>();
        foreach (var table in tables)
        {
            var (digest, replaced) = await TableCopy.CopyAsync(source, target, table, cancellationToken);
            copied[table] = digest;
            await output.WriteLineAsync(Line(table, digest, replaced));
        }

        await output.WriteLineAsync($"Keys: {await KeyFiles.CopyAsync(keys, target)}");
        await indexes.CreateAsync();
        foreach (var (table, digest) in copied)
        {
            var there = await TableCopy.DigestAsync(target, table, cancellationToken);
            if (!there.Matches(digest))
                throw new StartupException($"The table {table.Name} was not copied correctly: {digest} were read, and {there} are stored. Nothing was changed.");
        }

        if (!acceptsBrokenAudit && await AuditChains.FindBrokenAsync(new PostgresSession(target)) is [var (account, number), ..])
            throw new StartupException($"The audit chain of the account {account} is broken at the record {number} after the copy. Nothing was changed.");
    }
}
