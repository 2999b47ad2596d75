using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>Refuses a session that acts as a contact when its conversation now belongs to another contact.</summary>
internal sealed class SessionContacts : IChangeListener
{
    private readonly ReadThroughCache<string, Linked> _conversations = new(capacity: 10_000);
    private readonly IStore _store;

    public SessionContacts(IStore store, ChangeFeed changes)
    {
        _store = store;
        changes.Listen(this);
    }

    /// <exception cref="ApiException">403: the conversation now belongs to another contact.</exception>
    public async ValueTask RequireAsync(SessionRow session, CancellationToken cancellationToken)
    {
        if (session.ContactId is not { } own)
            return;
        var linked = await _conversations.GetAsync(session.ConversationId, _store, LoadAsync, cancellationToken);
        if (linked?.ContactId is { } contact && contact != own)
            throw OfAnother();
    }

    /// <summary>Drops the cached contact of a conversation that has changed.</summary>
    public void OnChanged(in Change change)
    {
        if (change.Kind == ChangedKinds.Conversation)
            _conversations.Invalidate(change.Id);
    }

    public static ApiException OfAnother() => Mismatch("The conversation is with another contact than the session");

    public static ApiException Mismatch(string message) => new(ErrorCode.ContactMismatch, message);

    private static async ValueTask<Linked?> LoadAsync(string conversationId, IStore store, CancellationToken cancellationToken) =>
        await store.FindConversationAsync(conversationId, cancellationToken) is { } conversation
            ? new Linked(conversation.ContactId)
            : null;

    /// <summary>The contact of a conversation, which is all that is cached of it.</summary>
    private sealed record Linked(string? ContactId);
}
