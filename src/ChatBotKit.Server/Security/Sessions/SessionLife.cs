namespace ChatBotKit.Server.Security;

/// <summary>The bounds of the lifetime of a session token, in seconds.</summary>
internal static class SessionLife
{
    public const int MinSeconds = 1800;
    public const int MaxSeconds = 86_400;
    public const int DefaultSeconds = 3600;
}
