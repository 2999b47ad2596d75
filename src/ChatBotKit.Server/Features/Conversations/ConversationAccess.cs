using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations;

/// <summary>Checks the owner of conversations. A conversation of another account looks like one that does not exist.</summary>
internal sealed class ConversationAccess(IStore store)
{
    private readonly ReadThroughCache<string, string> _owners = new(capacity: 100_000);

    /// <exception cref="ApiException">404: the caller has no such conversation.</exception>
    public async ValueTask<ConversationRow> GetAsync(string conversationId, Caller caller, CancellationToken cancellationToken)
    {
        var conversation = await store.FindConversationAsync(conversationId, cancellationToken);
        return conversation?.AccountId == caller.AccountId ? conversation : throw NotFound();
    }

    /// <summary>
    /// Whether the conversation belongs or belonged to the caller. The result is cached, because a conversation never changes its
    /// owner and ids are never reused. It does not say whether the conversation still exists.
    /// </summary>
    public async ValueTask<bool> IsOwnAsync(string conversationId, Caller caller, CancellationToken cancellationToken) =>
        await _owners.GetAsync(conversationId, store, LoadOwnerAsync, cancellationToken) == caller.AccountId;

    public static ApiException NotFound() => ApiException.NotFound("Conversation");

    private static async ValueTask<string?> LoadOwnerAsync(string conversationId, IStore store, CancellationToken cancellationToken) =>
        (await store.FindConversationAsync(conversationId, cancellationToken))?.AccountId;
}
