namespace ChatBotKit.Server.Security;

/// <summary>How long a session token can be good, in seconds.</summary>
internal static class SessionLife
{
    public const int MinSeconds = 1800;
    public const int MaxSeconds = 86_400;
    public const int DefaultSeconds = 3600;
}
