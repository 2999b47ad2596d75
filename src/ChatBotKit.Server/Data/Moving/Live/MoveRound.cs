using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>
/// Writes the rows that have changed since the last round to the target, in the transaction of its connection. Keys and rows are read from
/// one snapshot, so that the target then is that snapshot.
/// </summary>
/// <param name="source">The snapshot.</param>
/// <param name="target">The target.</param>
/// <param name="order">The tables.</param>
/// <param name="files">The files of attachments.</param>
internal sealed class MoveRound(SqliteConnection source, NpgsqlConnection target, TableOrder order, MovedFiles files)
{
    private const string UniqueIndexes = """
        SELECT CAST(CAST(x.indexrelid AS regclass) AS text), pg_get_indexdef(x.indexrelid) FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid
        WHERE x.indisunique AND t.relname = $1 AND t.relnamespace = current_schema()::regnamespace
            AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.contype IN ('p', 'u', 'x'))
        """;

    private readonly List<ChangedTable> _changed = [];

    /// <summary>The number of rows that were read.</summary>
    public long Rows => _changed.Sum(table => table.Digest.Rows);

    /// <exception cref="StartupException">A row can't be moved, or the target holds others than the source.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var table in order.Tables)
        {
            var changed = new ChangedTable(table);
            if (await changed.StageAsync(source, target, cancellationToken))
                _changed.Add(changed);
        }

        var parents = _changed.FindAll(changed => order.IsParent(changed.Table));
        var others = _changed.FindAll(changed => !order.IsParent(changed.Table));
        // A unique value may pass from one row to another, so rows to which none refers are deleted first, and the indexes of the others
        // are dropped meanwhile.
        foreach (var table in others)
            await target.RunAsync(table.DeleteAll);
        var indexes = await DropIndexesAsync(parents);
        foreach (var table in parents)
            await target.RunAsync(table.Upsert);
        foreach (var table in others)
            await target.RunAsync(table.Insert);
        foreach (var table in Enumerable.Reverse(parents))
            await target.RunAsync(table.DeleteGone);
        foreach (var definition in indexes)
            await target.RunAsync(definition);
        await new ChangedFiles(target, files).CopyAsync(_changed.Select(changed => changed.Table.Name), cancellationToken);
        foreach (var table in _changed)
            await table.VerifyAsync(target, cancellationToken);
    }

    /// <returns>The definitions of the dropped indexes.</returns>
    private async Task<List<string>> DropIndexesAsync(IEnumerable<ChangedTable> tables)
    {
        var definitions = new List<string>();
        foreach (var table in tables)
        {
            foreach (var (name, definition) in await target.ListAsync(UniqueIndexes, row => (row.GetString(0), row.GetString(1)), table.Table.Name))
            {
                await target.RunAsync($"DROP INDEX {name}");
                definitions.Add(definition);
            }
        }

        return definitions;
    }
}
