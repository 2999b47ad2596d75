using System.Globalization;
using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>The limits of attachments.</summary>
internal sealed record AttachmentOptions
{
    private const int MaxPromptBytes = 64 * 1024 * 1024;

    /// <summary>The maximum size of a file in bytes.</summary>
    public long MaxBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>
    /// Whether files may be fetched from private networks and this machine. The default is false, because a caller could make the
    /// server read what only the server can reach.
    /// </summary>
    public bool AllowPrivateUrls { get; init; }

    /// <summary>The maximum number of bytes of text of attached files in a prompt.</summary>
    public int PromptTextBytes { get; init; } = 128 * 1024;

    /// <summary>The maximum number of bytes of attached pictures in a prompt.</summary>
    public int PromptImageBytes { get; init; } = 8 * 1024 * 1024;

    /// <exception cref="StartupException">A setting is invalid; the message names it.</exception>
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
