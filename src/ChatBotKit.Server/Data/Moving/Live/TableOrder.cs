using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>The order of tables in which the rows to which others refer come first.</summary>
internal sealed class TableOrder
{
    private const string References = """
        SELECT child.relname, parent.relname FROM pg_constraint c
        JOIN pg_class child ON child.oid = c.conrelid JOIN pg_class parent ON parent.oid = c.confrelid
        WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace
        """;

    private readonly HashSet<string> _parents;

    private TableOrder(IReadOnlyList<MovedTable> tables, HashSet<string> parents) => (Tables, _parents) = (tables, parents);

    /// <summary>The tables, parents before their children.</summary>
    public IReadOnlyList<MovedTable> Tables { get; }

    /// <summary>Whether rows refer to rows of the table.</summary>
    public bool IsParent(MovedTable table) => _parents.Contains(table.Name);

    /// <exception cref="StartupException">Tables refer to each other in a circle.</exception>
    public static async Task<TableOrder> ReadAsync(NpgsqlConnection target, IReadOnlyList<MovedTable> tables)
    {
        var references = await target.ListAsync(References, row => (Child: row.GetString(0), Parent: row.GetString(1)));
        var (ordered, left) = (new List<MovedTable>(), tables.ToList());
        while (left.Count > 0)
        {
            var next = left.FindAll(table => !references.Exists(
                one => one.Child == table.Name && one.Parent != table.Name && left.Exists(other => other.Name == one.Parent)));
            if (next.Count == 0)
                throw new StartupException($"The tables {string.Join(", ", left.Select(table => table.Name))} refer to each other, so this program can't move them.");
            ordered.AddRange(next);
            left.RemoveAll(next.Contains);
        }

        return new TableOrder(ordered, [.. references.Select(one => one.Parent)]);
    }
}
