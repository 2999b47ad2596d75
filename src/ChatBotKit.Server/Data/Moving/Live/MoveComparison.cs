using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>Compares both databases before the switch, when the hashes of all rows were compared before.</summary>
internal static class MoveComparison
{
    private const string AuditTable = "AuditRecords";

    private const string LastRecords = $"""
        WHERE ("AccountId", "Number") IN (SELECT "AccountId", max("Number") FROM "{AuditTable}" GROUP BY "AccountId")
        """;

    /// <summary>Compares the number of rows of each table, and the last records of the audit chains.</summary>
    /// <exception cref="StartupException">They differ.</exception>
    public static async Task RunAsync(
        SqliteConnection source, NpgsqlConnection target, IReadOnlyList<MovedTable> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            var count = $"SELECT count(*) FROM \"{table.Name}\"";
            var (here, there) = ((long)source.Scalar(count)!, (long)(await target.ScalarAsync(count))!);
            if (here != there)
                throw new StartupException($"The table {table.Name} has {here} rows, and {there} on PostgreSQL.");
        }

        var records = tables.First(table => table.Name == AuditTable) with { Condition = LastRecords };
        if (!(await TableCopy.DigestAsync(target, records, cancellationToken)).Matches(SqliteTuples.Digest(source, records)))
            throw new StartupException("The audit chains end with other records on PostgreSQL.");
    }
}
