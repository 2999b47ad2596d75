namespace ChatBotKit;

/// <summary>The values of <see cref="ChatBotKitException.Code"/> that are set by the client and not by the server.</summary>
public static class ClientErrorCodes
{
    /// <summary>The server could not be reached. It has not received the call.</summary>
    public const string ConnectionFailed = "CONNECTION_FAILED";

    /// <summary>The connection was lost before the answer was complete.</summary>
    public const string ConnectionLost = "CONNECTION_LOST";

    /// <summary>The server sent an answer that is not a valid answer of this API.</summary>
    public const string InvalidResponse = "INVALID_RESPONSE";
}
