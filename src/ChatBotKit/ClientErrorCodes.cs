namespace ChatBotKit;

/// <summary>The values of <see cref="ChatBotKitException.Code"/> that come from the client and not from the server.</summary>
public static class ClientErrorCodes
{
    /// <summary>The server could not be reached, so it has seen nothing of the call.</summary>
    public const string ConnectionFailed = "CONNECTION_FAILED";

    /// <summary>The connection was lost before the answer was complete.</summary>
    public const string ConnectionLost = "CONNECTION_LOST";

    /// <summary>The server answered with something that is not an answer of this API.</summary>
    public const string InvalidResponse = "INVALID_RESPONSE";
}
