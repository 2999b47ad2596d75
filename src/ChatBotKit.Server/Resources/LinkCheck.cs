using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Resources;

/// <summary>A document whose links in the index differed from those in the document.</summary>
/// <param name="Kind">The kind of the resource.</param>
/// <param name="Id">The id of the resource.</param>
/// <param name="Missing">The links that the index lacked.</param>
/// <param name="Surplus">The links that are not in the document.</param>
/// <param name="Dangling">The links to resources that do not exist, which the index can't contain.</param>
internal sealed record LinkDifference(
    string Kind, string Id, IReadOnlyList<ResourceLink> Missing, IReadOnlyList<ResourceLink> Surplus, IReadOnlyList<ResourceLink> Dangling)
{
    public override string ToString() => $"{Kind} {Id}: {string.Join(", ", [
        .. Missing.Select(link => $"the index lacks {link.Field} = {link.ToId}"),
        .. Surplus.Select(link => $"the index has {link.Field} = {link.ToId}, which the document does not hold"),
        .. Dangling.Select(link => $"the document holds {link.Field} = {link.ToId}, which does not exist")])}";
}

/// <summary>Compares the index of links with the documents, and repairs the index. The documents are authoritative.</summary>
internal sealed class LinkCheck(ResourceKinds kinds)
{
    private const int PageSize = 200;

    /// <summary>Checks the next documents, in the order of their ids.</summary>
    /// <param name="db">The transaction of the repair.</param>
    /// <param name="after">The id of the last document that was checked; empty at the beginning.</param>
    /// <returns>The differences, which are repaired now, and the id of the last document; null when there are no more documents.</returns>
    public async ValueTask<(IReadOnlyList<LinkDifference> Differences, string? Last)> MendPageAsync(ISqlTransaction db, string after)
    {
        var documents = await db.ListAsync(ResourceTable.Rows, ResourceTable.Page, after, PageSize);
        var differences = new List<LinkDifference>();
        foreach (var document in documents)
        {
            if (await MendAsync(db, document) is { } difference)
                differences.Add(difference);
        }

        return (differences, documents.Count == 0 ? null : documents[^1].Id);
    }

    private async ValueTask<LinkDifference?> MendAsync(ISqlTransaction db, ResourceRow row)
    {
        // A document of an unknown kind is left as it is.
        if (kinds.Find(row.Kind) is not { } kind)
            return null;
        var held = ResourceEdit.LinksOf(kind, ResourceEdit.Read(row.Data));
        var indexed = await db.ListAsync(
            ResourceTable.LinksFrom, static link => new ResourceLink(link.GetString(0), link.GetString(1)), row.Id);
        var (missing, dangling) = (new List<ResourceLink>(), new List<ResourceLink>());
        foreach (var link in held.Except(indexed))
            (await db.AnyAsync(ResourceTable.Owner, link.ToId) ? missing : dangling).Add(link);
        LinkDifference difference = new(row.Kind, row.Id, missing, [.. indexed.Except(held)], dangling);
        if (difference is { Missing.Count: 0, Surplus.Count: 0, Dangling.Count: 0 })
            return null;
        foreach (var link in difference.Surplus)
            await db.ExecuteAsync(ResourceTable.RemoveLink, row.Id, link.Field);
        foreach (var link in difference.Missing)
            await db.ExecuteAsync(ResourceTable.AddLink, row.Id, link.Field, link.ToId);
        return difference;
    }
}
