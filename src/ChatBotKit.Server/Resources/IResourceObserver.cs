using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Resources;

/// <summary>Is told of every change of a resource inside its transaction: the place of the event log and of counts of usage.</summary>
internal interface IResourceObserver
{
    /// <summary>Adds to the transaction what is to be stored with the change.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="change">What is changed.</param>
    ValueTask NoteAsync(ISqlTransaction db, Change change);
}

internal static class ResourceObservers
{
    /// <summary>Tells the observer of a change, and everybody else once it is durable.</summary>
    public static ValueTask AnnounceAsync(this IResourceObserver observer, ISqlTransaction db, Change change)
    {
        db.Announce(change);
        return observer.NoteAsync(db, change);
    }
}

/// <summary>Stores nothing besides.</summary>
internal sealed class NoResourceObserver : IResourceObserver
{
    public ValueTask NoteAsync(ISqlTransaction db, Change change) => ValueTask.CompletedTask;
}
