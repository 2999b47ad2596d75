using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>
/// Copies all tables and files in the transaction of the target, and then compares what the target holds with what was read.
/// </summary>
internal sealed class VerifiedCopy(
    SqliteConnection source, MovedFiles files, NpgsqlConnection target, IReadOnlyList<MovedTable> tables, TextWriter output)
{
    /// <summary>The progress of the move; null for none.</summary>
    public MoveProgress? Progress { get; init; }

    /// <summary>Returns the line of the report about a table.</summary>
    public static string Line(MovedTable table, TableDigest digest, long replaced) =>
        $"{table.Name}: {digest}{(replaced > 0 ? $"; characters that PostgreSQL can't store were replaced by U+FFFD in {replaced} texts" : "")}";

    /// <summary>Returns the line of the report about the files.</summary>
    public static string LineOfFiles(long count, long bytes) => $"Files: {count} files, {bytes} bytes";

    /// <param name="keys">The directory of the keys.</param>
    /// <param name="acceptsBrokenAudit">Whether audit chains may be broken.</param>
    /// <param name="cancellationToken">The token that cancels the copy.</param>
    /// <exception cref="StartupException">The rows can't be moved, or the target holds others than the source.</exception>
    public async Task RunAsync(string keys, bool acceptsBrokenAudit, CancellationToken cancellationToken)
    {
        var indexes = await TargetIndexes.DropAsync(target);
        var copied = new List<(MovedTable Table, TableDigest Digest)>();
        foreach (var table in tables)
        {
            using var rows = new SqliteTuples(source, table);
            var digest = new TableDigest();
            await TableCopy.CopyAsync(rows, target, table, digest, cancellationToken, Progress);
            copied.Add((table, digest));
            await output.WriteLineAsync(Line(table, digest, rows.Replaced));
        }

        var fileCopy = new FileCopy(files, target) { Progress = Progress };
        await fileCopy.RunAsync(cancellationToken);
        copied.AddRange(fileCopy.Digests);
        await output.WriteLineAsync(LineOfFiles(fileCopy.Count, fileCopy.Bytes));
        await output.WriteLineAsync($"Keys: {await KeyFiles.CopyAsync(keys, target)}");
        await indexes.CreateAsync();
        await VerifyAsync(copied, acceptsBrokenAudit, cancellationToken);
    }

    private async Task VerifyAsync(
        List<(MovedTable Table, TableDigest Digest)> copied, bool acceptsBrokenAudit, CancellationToken cancellationToken)
    {
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
