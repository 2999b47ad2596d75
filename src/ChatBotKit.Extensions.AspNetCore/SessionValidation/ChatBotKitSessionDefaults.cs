namespace ChatBotKit;

/// <summary>Names of the authentication by session tokens.</summary>
public static class ChatBotKitSessionDefaults
{
    /// <summary>The authentication scheme.</summary>
    public const string AuthenticationScheme = "ChatBotKitSession";

    /// <summary>The HTTP client that fetches the keys.</summary>
    public const string HttpClientName = "ChatBotKit.SessionKeys";
}

/// <summary>The types of the claims of a user with a session token.</summary>
public static class ChatBotKitClaimTypes
{
    /// <summary>The type of the claim with the id of the session.</summary>
    public const string SessionId = "sessionId";

    /// <summary>The type of the claim with the id of the conversation of the session.</summary>
    public const string ConversationId = "conversationId";

    /// <summary>The type of the claim with the id of the user's contact; absent when it is not known.</summary>
    public const string ContactId = "contactId";

    /// <summary>The type of the claim for one permission of the session. There is one claim for each.</summary>
    public const string Permission = "chatbotkit:permission";
}
