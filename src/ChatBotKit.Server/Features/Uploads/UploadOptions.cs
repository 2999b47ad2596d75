using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>The limits of files that are uploaded or fetched.</summary>
internal sealed record UploadOptions
{
    /// <summary>The maximum size of a file in bytes.</summary>
    public long MaxBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>The maximum total size of the files of an account, without those of conversations; 0 for no limit.</summary>
    public long MaxStoredBytes { get; init; } = 10L * 1024 * 1024 * 1024;

    /// <summary>
    /// Whether files may be fetched from private networks and this machine. The default is false, because a caller could make the
    /// server read what only the server can reach.
    /// </summary>
    public bool AllowPrivateUrls { get; init; }

    /// <exception cref="StartupException">A setting is invalid; the message names it.</exception>
    public static UploadOptions From(IConfiguration configuration) => new()
    {
        MaxBytes = ByteSetting.Read(configuration, "CHATBOTKIT_MAX_ATTACHMENT_BYTES", new UploadOptions().MaxBytes, min: 1),
        MaxStoredBytes = ByteSetting.Read(configuration, "CHATBOTKIT_MAX_STORED_BYTES", new UploadOptions().MaxStoredBytes),
        AllowPrivateUrls = ReadSwitch(configuration, "CHATBOTKIT_ALLOW_PRIVATE_URLS"),
    };

    private static bool ReadSwitch(IConfiguration configuration, string name) => configuration[name]?.ToUpperInvariant() switch
    {
        null or "" or "FALSE" => false,
        "TRUE" => true,
        _ => throw new StartupException($"{name} must be true or false."),
    };
}
