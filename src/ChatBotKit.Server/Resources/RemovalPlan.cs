using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Resources;

/// <summary>Determines which resources are deleted together, and which links of other resources refer to them.</summary>
internal sealed class RemovalPlan
{
    private readonly Dictionary<string, (Change Change, bool IsChild)> _going = new(StringComparer.Ordinal);
    private readonly List<(string From, string Link)> _links = [];

    private RemovalPlan()
    {
    }

    /// <summary>The resources to delete, children before their parents.</summary>
    public IReadOnlyList<Change> Going => [.. _going.Values.OrderByDescending(one => one.IsChild).Select(one => one.Change)];

    /// <summary>The links of the remaining resources, grouped by resource.</summary>
    public IEnumerable<IGrouping<string, string>> LinksOfOthers =>
        _links.Where(link => !_going.ContainsKey(link.From)).GroupBy(link => link.From, link => link.Link);

    /// <summary>
    /// Collects children, and resources whose links cascade. A resource of another account is never deleted: an account that shares
    /// a resource gets no control over the resources that refer to it.
    /// </summary>
    /// <param name="db">The transaction of the deletion.</param>
    /// <param name="id">The resource to delete.</param>
    /// <param name="cascades">Whether a link deletes its resource with the target.</param>
    public static async ValueTask<RemovalPlan> MakeAsync(ISqlSession db, string id, Func<string, bool> cascades)
    {
        var plan = new RemovalPlan();
        var open = new Queue<string>([id]);
        string? account = null;
        while (open.TryDequeue(out var next))
        {
            if (plan._going.ContainsKey(next) || await ReadAsync(db, next) is not { } found)
                continue;
            account ??= found.Change.AccountId;
            if (found.Change.AccountId != account)
                continue;
            plan._going.Add(next, found);
            foreach (var child in await db.ListAsync(ResourceTable.Children, static row => row.GetString(0), next))
                open.Enqueue(child);
            foreach (var link in await db.ListAsync(ResourceTable.LinksTo, static row => (row.GetString(0), row.GetString(1)), next))
            {
                if (cascades(link.Item2))
                    open.Enqueue(link.Item1);
                plan._links.Add(link);
            }
        }

        return plan;
    }

    private static ValueTask<(Change Change, bool IsChild)?> ReadAsync(ISqlSession db, string id) => db.FirstAsync(
        ResourceTable.Owner,
        row => ((Change, bool)?)(new Change(row.GetString(0), id, row.GetString(1), ChangeKind.Deleted), !row.IsNull(2)),
        id);
}
