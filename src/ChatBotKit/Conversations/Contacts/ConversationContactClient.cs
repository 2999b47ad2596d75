namespace ChatBotKit;

/// <summary>Who stored conversations are with.</summary>
public class ConversationContactClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public ConversationContactClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public ConversationContactClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected ConversationContactClient()
    {
    }

    /// <summary>Finds or makes the contact with these details and links the conversation to it.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">Who it is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The id of the contact.</returns>
    /// <exception cref="ChatBotKitException">
    /// The call failed. The hosted service answers with status 304 and code <c>NOT_MODIFIED</c> when the conversation has
    /// a contact already; there is no id in that answer, so it is an exception like with the official clients.
    /// </exception>
    public virtual Task<IdResponse> UpsertAsync(
        string conversationId, ContactUpsertRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.OfConversation("contact/upsert", conversationId), request, cancellationToken);
    }
}
