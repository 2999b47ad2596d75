using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Resources;

/// <summary>Observes every change of a resource inside its transaction, for example to store an event or to count usage.</summary>
internal interface IResourceObserver
{
    /// <summary>Adds rows to the transaction that are stored with the change.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="change">The change.</param>
    ValueTask NoteAsync(ISqlTransaction db, Change change);
}

internal static class ResourceObservers
{
    /// <summary>Calls the observer, and announces the change for when the transaction is durable.</summary>
    public static ValueTask AnnounceAsync(this IResourceObserver observer, ISqlTransaction db, Change change)
    {
        db.Announce(change);
        return observer.NoteAsync(db, change);
    }
}
