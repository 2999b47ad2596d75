using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Resources;

/// <summary>
/// Adds each change of a resource to the event log, in its transaction. The event names the resource, its parent, and the resources that
/// it refers to.
/// </summary>
internal sealed class ResourceEvents(ResourceKinds kinds, TimeProvider time) : IResourceObserver
{
    public async ValueTask NoteAsync(ISqlTransaction db, Change change)
    {
        if (change.IsPart)
            return;
        var field = EventFields.Of(change.Kind);
        List<EventLink> names = field is null ? [] : [new EventLink(field, change.Id)];
        if (kinds.Find(change.Kind)?.Parent is { } parent && EventFields.Of(parent) is { } ofParent
            && await db.FirstAsync(ResourceTable.Owner, static row => row.GetStringOrNull(2), change.Id) is { } parentId)
            names.Add(new EventLink(ofParent, parentId));
        foreach (var (link, id) in await db.ListAsync(ResourceTable.LinksFrom, static row => (row.GetString(0), row.GetString(1)), change.Id))
        {
            var name = link[(link.LastIndexOf('.') + 1)..];
            if (EventFields.IsField(name) && names.TrueForAll(known => known.Field != name))
                names.Add(new EventLink(name, id));
        }

        var meta = field is null ? $$"""{"id":"{{change.Id}}"}""" : null;
        await db.LogAsync(EventEntry.About(change.AccountId, TypeOf(change), time.GetUtcNow().ToUnixTimeMilliseconds(), names, meta));
    }

    private static string TypeOf(Change change) => change.What switch
    {
        ChangeKind.Created => $"{change.Kind}.create",
        ChangeKind.Deleted => $"{change.Kind}.delete",
        _ => $"{change.Kind}.update",
    };
}
