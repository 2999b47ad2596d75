using System.Globalization;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Hosting;

/// <summary>The settings, read and checked once at start. Each has a default that runs.</summary>
internal sealed record ServerOptions
{
    /// <summary>Where the database, stored files and keys are; an absolute path.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The owner's API token; null to have one made at the first start.</summary>
    public string? ApiSecret { get; init; }

    /// <summary>The largest request body in bytes.</summary>
    public long MaxBodyBytes { get; init; } = 4_718_592;

    /// <summary>The longest time that a session token may be good, in seconds.</summary>
    public int SessionMaxSeconds { get; init; } = SessionMinter.MaxSeconds;

    /// <summary>What session tokens name as their <c>iss</c>.</summary>
    public string Issuer { get; init; } = "chatbotkit-server";

    /// <summary>The key ring that encrypts stored secrets.</summary>
    public string KeysDirectory => Path.Combine(DataDirectory, "keys");

    /// <exception cref="StartupException">A setting can't be used; the message names it.</exception>
    public static ServerOptions From(IConfiguration configuration)
    {
        RefuseUnserved(configuration, "CHATBOTKIT_POSTGRES");
        if (!"off".Equals(configuration["CHATBOTKIT_CLUSTER"], StringComparison.OrdinalIgnoreCase))
            RefuseUnserved(configuration, "CHATBOTKIT_CLUSTER");
        var options = new ServerOptions
        {
            DataDirectory = Path.GetFullPath(Text(configuration, "CHATBOTKIT_DATA_DIR") ?? "data"),
            ApiSecret = ReadSecret(configuration),
        };
        return options with
        {
            MaxBodyBytes = ReadBodyLimit(configuration) ?? options.MaxBodyBytes,
            SessionMaxSeconds = ReadSessionLimit(configuration) ?? options.SessionMaxSeconds,
            Issuer = Text(configuration, "CHATBOTKIT_ISSUER") ?? options.Issuer,
        };
    }

    private static string? Text(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } value ? value : null;

    private static void RefuseUnserved(IConfiguration configuration, string name)
    {
        if (Text(configuration, name) is not null)
            throw new StartupException($"{name} is set, but this version runs on SQLite in one process only. Remove the setting to start.");
    }

    private static string? ReadSecret(IConfiguration configuration)
    {
        const string Name = "CHATBOTKIT_API_SECRET";
        if (configuration[Name] is not { } secret)
            return null;
        return ApiTokens.IsUsableSecret(secret)
            ? secret
            : throw new StartupException(
                $"{Name} must be at least {ApiTokens.MinSecretLength} visible ASCII characters and may not look like a session token (two dots).");
    }

    private static long? ReadBodyLimit(IConfiguration configuration)
    {
        if (Text(configuration, "CHATBOTKIT_MAX_BODY_BYTES") is not { } value)
            return null;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1024
            ? limit
            : throw new StartupException("CHATBOTKIT_MAX_BODY_BYTES must be a whole number of at least 1024.");
    }

    private static int? ReadSessionLimit(IConfiguration configuration)
    {
        if (Text(configuration, "CHATBOTKIT_SESSION_MAX_SECONDS") is not { } value)
            return null;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= SessionMinter.MinSeconds and <= SessionMinter.MaxSeconds
            ? limit
            : throw new StartupException(
                $"CHATBOTKIT_SESSION_MAX_SECONDS must be a whole number from {SessionMinter.MinSeconds} to {SessionMinter.MaxSeconds}.");
    }
}
