using ChatBotKit.Server.Data.PostgreSql;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>
/// The keys and indexes of the target. They are dropped before the rows are copied, and created again from their definitions in the
/// catalogue, because a sorted index over all rows is created faster than it is filled, and rows may then be copied in any order.
/// </summary>
internal sealed class TargetIndexes
{
    private const string Constraints = """
        SELECT CAST(CAST(conrelid AS regclass) AS text), quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = current_schema()::regnamespace AND contype IN ('f', 'p') ORDER BY contype, conname COLLATE "C"
        """;

    private const string Indexes = """
        SELECT CAST(x.indexrelid::regclass AS text), pg_get_indexdef(x.indexrelid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
        WHERE i.relnamespace = current_schema()::regnamespace
            AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.contype IN ('p', 'u', 'x'))
        ORDER BY i.relname COLLATE "C"
        """;

    private readonly NpgsqlConnection _target;
    private readonly IReadOnlyList<(string Table, string Name, string Definition)> _constraints;
    private readonly IReadOnlyList<(string Name, string Definition)> _indexes;

    private TargetIndexes(
        NpgsqlConnection target, IReadOnlyList<(string, string, string)> constraints, IReadOnlyList<(string, string)> indexes) =>
        (_target, _constraints, _indexes) = (target, constraints, indexes);

    /// <summary>Drops all keys and indexes.</summary>
    public static async Task<TargetIndexes> DropAsync(NpgsqlConnection target)
    {
        var dropped = new TargetIndexes(
            target,
            await target.ListAsync(Constraints, row => (row.GetString(0), row.GetString(1), row.GetString(2))),
            await target.ListAsync(Indexes, row => (row.GetString(0), row.GetString(1))));
        // Foreign keys come first, because they depend on primary keys.
        foreach (var (table, name, _) in dropped._constraints)
            await target.RunAsync($"ALTER TABLE {table} DROP CONSTRAINT {name}");
        foreach (var (name, _) in dropped._indexes)
            await target.RunAsync($"DROP INDEX {name}");
        return dropped;
    }

    /// <summary>Creates all keys and indexes again, and collects statistics.</summary>
    public async Task CreateAsync()
    {
        await _target.RunAsync("SET LOCAL maintenance_work_mem = '128MB'");
        foreach (var (table, name, definition) in _constraints.Where(constraint => !IsForeignKey(constraint)))
            await _target.RunAsync($"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}");
        foreach (var (_, definition) in _indexes)
            await _target.RunAsync(definition);
        foreach (var (table, name, definition) in _constraints.Where(IsForeignKey))
            await _target.RunAsync($"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}");
        foreach (var table in _constraints.Select(constraint => constraint.Table).Distinct())
            await _target.RunAsync($"ANALYZE {table}");
    }

    private static bool IsForeignKey((string Table, string Name, string Definition) constraint) =>
        constraint.Definition.StartsWith("FOREIGN KEY", StringComparison.Ordinal);
}
