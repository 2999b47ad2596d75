namespace ChatBotKit;

/// <summary>Ways from the SDK to <c>Microsoft.Extensions.AI</c>.</summary>
public static class ChatClientExtensions
{
    /// <summary>Uses the API as a chat client.</summary>
    /// <param name="api">The API; with the token of a session the client is good for the session's conversation only.</param>
    /// <param name="options">Who answers; null leaves it to the options of each call.</param>
    /// <returns>The chat client.</returns>
    public static ChatBotKitChatClient AsChatClient(this ChatBotKitApi api, ChatBotKitChatClientOptions? options = null) => new(api, options);
}
