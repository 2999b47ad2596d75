using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations;

/// <summary>Whose conversation it is. What belongs to another account looks the same as what does not exist.</summary>
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
    /// Whether the conversation is or was the caller's. No conversation ever changes its owner and no id is given twice, so
    /// the answer is kept; who needs the conversation to be there still has to look.
    /// </summary>
    public async ValueTask<bool> IsOwnAsync(string conversationId, Caller caller, CancellationToken cancellationToken) =>
        await _owners.GetAsync(conversationId, store, LoadOwnerAsync, cancellationToken) == caller.AccountId;

    public static ApiException NotFound() => ApiException.NotFound("Conversation");

    private static async ValueTask<string?> LoadOwnerAsync(string conversationId, IStore store, CancellationToken cancellationToken) =>
        (await store.FindConversationAsync(conversationId, cancellationToken))?.AccountId;
}
