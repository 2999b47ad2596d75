using System.Globalization;
using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>Bounds of the files that may be sent into conversations.</summary>
internal sealed record AttachmentOptions
{
    private const int MaxPromptBytes = 64 * 1024 * 1024;

    /// <summary>The largest file in bytes.</summary>
    public long MaxBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>
    /// Whether files may be fetched from private networks and this machine. Off, because a caller could make the server
    /// read what only the server can reach.
    /// </summary>
    public bool AllowPrivateUrls { get; init; }

    /// <summary>How many bytes of the text of attached files a prompt may hold.</summary>
    public int PromptTextBytes { get; init; } = 128 * 1024;

    /// <summary>How many bytes of attached pictures a prompt may hold.</summary>
    public int PromptImageBytes { get; init; } = 8 * 1024 * 1024;

    /// <exception cref="StartupException">A setting can't be used; the message names it.</exception>
    public static AttachmentOptions From(IConfiguration configuration) => new()
    {
        MaxBytes = ReadBytes(configuration, "CHATBOTKIT_MAX_ATTACHMENT_BYTES") ?? new AttachmentOptions().MaxBytes,
        AllowPrivateUrls = ReadSwitch(configuration, "CHATBOTKIT_ALLOW_PRIVATE_URLS"),
        PromptTextBytes = ReadPromptBytes(configuration, "CHATBOTKIT_PROMPT_TEXT_BYTES") ?? new AttachmentOptions().PromptTextBytes,
        PromptImageBytes = ReadPromptBytes(configuration, "CHATBOTKIT_PROMPT_IMAGE_BYTES") ?? new AttachmentOptions().PromptImageBytes,
    };

    private static long? ReadBytes(IConfiguration configuration, string name)
    {
        if (configuration[name] is not { Length: > 0 } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0
            ? bytes
            : throw new StartupException($"{name} must be a whole number of bytes above 0.");
    }

    private static int? ReadPromptBytes(IConfiguration configuration, string name)
    {
        if (configuration[name] is not { Length: > 0 } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes <= MaxPromptBytes
            ? bytes
            : throw new StartupException($"{name} must be a whole number of bytes from 0 (for none) to {MaxPromptBytes}.");
    }

    private static bool ReadSwitch(IConfiguration configuration, string name) => configuration[name]?.ToUpperInvariant() switch
    {
        null or "" or "FALSE" => false,
        "TRUE" => true,
        _ => throw new StartupException($"{name} must be true or false."),
    };
}
