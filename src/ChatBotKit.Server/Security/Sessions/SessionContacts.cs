using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>Keeps a session that acts as a contact out of a conversation that has become somebody else's.</summary>
internal sealed class SessionContacts(IStore store)
{
    private readonly ReadThroughCache<string, Linked> _conversations = new(capacity: 10_000);

    /// <exception cref="ApiException">403: the conversation is with another contact by now.</exception>
    public async ValueTask RequireAsync(SessionRow session, CancellationToken cancellationToken)
    {
        if (session.ContactId is not { } own)
            return;
        var linked = await _conversations.GetAsync(session.ConversationId, store, LoadAsync, cancellationToken);
        if (linked?.ContactId is { } contact && contact != own)
            throw OfAnother();
    }

    /// <summary>To be called after the contact of a conversation was changed.</summary>
    public void Invalidate(string conversationId) => _conversations.Invalidate(conversationId);

    public static ApiException OfAnother() => Mismatch("The conversation is with another contact than the session");

    public static ApiException Mismatch(string message) => new(ErrorCode.ContactMismatch, message);

    private static async ValueTask<Linked?> LoadAsync(string conversationId, IStore store, CancellationToken cancellationToken) =>
        await store.FindConversationAsync(conversationId, cancellationToken) is { } conversation
            ? new Linked(conversation.ContactId)
            : null;

    /// <summary>Whom a conversation is with: all that is kept of it.</summary>
    private sealed record Linked(string? ContactId);
}
