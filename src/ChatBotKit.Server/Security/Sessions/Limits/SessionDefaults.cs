using System.Globalization;
using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Security;

/// <summary>
/// The limits of sessions that were created without some or all of them. Without any limit, the holder of a token could fill the
/// disk.
/// </summary>
internal static class SessionDefaults
{
    /// <summary>More than a person uses in a session of the maximum duration, but small enough for a disk.</summary>
    public static SessionLimits Limits { get; } = new()
    {
        Messages = 10_000,
        RequestsPerMinute = 600,
        Streams = 32,
        AttachmentBytes = 1024L * 1024 * 1024,
    };

    /// <summary>Returns each limit of the session, or the server's default where the session has none.</summary>
    public static SessionLimits Fill(SessionLimits? own, SessionLimits defaults) => own is null ? defaults : new SessionLimits
    {
        Messages = own.Messages ?? defaults.Messages,
        Tokens = own.Tokens ?? defaults.Tokens,
        RequestsPerMinute = own.RequestsPerMinute ?? defaults.RequestsPerMinute,
        Streams = own.Streams ?? defaults.Streams,
        AttachmentBytes = own.AttachmentBytes ?? defaults.AttachmentBytes,
    };

    /// <exception cref="StartupException">A setting is invalid; the message names it.</exception>
    public static SessionLimits From(IConfiguration configuration) => new()
    {
        Messages = (int?)Read(configuration, "CHATBOTKIT_SESSION_MESSAGES", Limits.Messages, int.MaxValue),
        Tokens = Read(configuration, "CHATBOTKIT_SESSION_TOKENS", Limits.Tokens, long.MaxValue),
        RequestsPerMinute = (int?)Read(configuration, "CHATBOTKIT_SESSION_REQUESTS_PER_MINUTE", Limits.RequestsPerMinute, int.MaxValue),
        Streams = (int?)Read(configuration, "CHATBOTKIT_SESSION_STREAMS", Limits.Streams, int.MaxValue),
        AttachmentBytes = Read(configuration, "CHATBOTKIT_SESSION_ATTACHMENT_BYTES", Limits.AttachmentBytes, long.MaxValue),
    };

    private static long? Read(IConfiguration configuration, string name, long? fallback, long max)
    {
        if (configuration[name] is not { Length: > 0 } text)
            return fallback;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit > max)
            throw new StartupException($"{name} must be a whole number from 0 (no limit) to {max.ToString(CultureInfo.InvariantCulture)}.");
        return limit == 0 ? null : limit;
    }
}
