namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Who may answer a function call, as the message of the call keeps it; anything else is the id of a session.</summary>
internal static class CallAnswerer
{
    /// <summary>The owner's API tokens.</summary>
    public const string Owner = "owner";

    /// <summary>The run itself: nobody may answer by a message.</summary>
    public const string Server = "server";

    public static string Of(string? sessionId) => sessionId ?? Owner;
}
