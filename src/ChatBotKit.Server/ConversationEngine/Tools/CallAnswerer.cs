namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Who may answer a function call, as the message of the call stores it. Any other value is the id of a session.</summary>
internal static class CallAnswerer
{
    /// <summary>The owner, with an API token.</summary>
    public const string Owner = "owner";

    /// <summary>Only the run itself; no message may answer the call.</summary>
    public const string Server = "server";

    public static string Of(string? sessionId) => sessionId ?? Owner;
}
