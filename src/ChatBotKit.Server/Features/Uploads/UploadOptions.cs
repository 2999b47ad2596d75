using System.Globalization;
using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>The limits of files that are uploaded or fetched.</summary>
internal sealed record UploadOptions
{
    /// <summary>The maximum size of a file in bytes.</summary>
    public long MaxBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>
    /// Whether files may be fetched from private networks and this machine. The default is false, because a caller could make the
    /// server read what only the server can reach.
    /// </summary>
    public bool AllowPrivateUrls { get; init; }

    /// <exception cref="StartupException">A setting is invalid; the message names it.</exception>
    public static UploadOptions From(IConfiguration configuration) => new()
    {
        MaxBytes = ReadBytes(configuration, "CHATBOTKIT_MAX_ATTACHMENT_BYTES") ?? new UploadOptions().MaxBytes,
        AllowPrivateUrls = ReadSwitch(configuration, "CHATBOTKIT_ALLOW_PRIVATE_URLS"),
    };

    private static long? ReadBytes(IConfiguration configuration, string name)
    {
        if (configuration[name] is not { Length: > 0 } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0
            ? bytes
            : throw new StartupException($"{name} must be a whole number of bytes above 0.");
    }

    private static bool ReadSwitch(IConfiguration configuration, string name) => configuration[name]?.ToUpperInvariant() switch
    {
        null or "" or "FALSE" => false,
        "TRUE" => true,
        _ => throw new StartupException($"{name} must be true or false."),
    };
}
