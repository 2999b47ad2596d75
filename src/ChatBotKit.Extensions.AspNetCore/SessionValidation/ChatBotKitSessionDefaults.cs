namespace ChatBotKit;

/// <summary>Names of the authentication by session tokens.</summary>
public static class ChatBotKitSessionDefaults
{
    /// <summary>The authentication scheme.</summary>
    public const string AuthenticationScheme = "ChatBotKitSession";

    /// <summary>The HTTP client that fetches the keys.</summary>
    public const string HttpClientName = "ChatBotKit.SessionKeys";
}

/// <summary>The claims of a user who came with a session token.</summary>
public static class ChatBotKitClaimTypes
{
    /// <summary>The id of the session.</summary>
    public const string SessionId = "sessionId";

    /// <summary>The id of the conversation that the session is for.</summary>
    public const string ConversationId = "conversationId";

    /// <summary>The id of the contact that the user is; absent when nobody said.</summary>
    public const string ContactId = "contactId";

    /// <summary>One thing that the session may do; there is one claim for each.</summary>
    public const string Permission = "chatbotkit:permission";
}
