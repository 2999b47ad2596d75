namespace ChatBotKit;

/// <summary>Provides extension methods that connect the SDK with <c>Microsoft.Extensions.AI</c>.</summary>
public static class ChatClientExtensions
{
    /// <summary>Creates an <c>IChatClient</c> for the API.</summary>
    /// <param name="api">The API. With a session token, the client can access only the conversation of the session.</param>
    /// <param name="options">The bot, model or conversation that answers; null leaves it to the options of each call.</param>
    /// <returns>The chat client.</returns>
    public static ChatBotKitChatClient AsChatClient(this ChatBotKitApi api, ChatBotKitChatClientOptions? options = null) => new(api, options);
}
