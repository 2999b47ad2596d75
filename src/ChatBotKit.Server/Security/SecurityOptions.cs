using System.Globalization;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Security;

/// <summary>The settings of credentials, sessions and audit records. Each has a usable default.</summary>
internal sealed record SecurityOptions
{
    /// <summary>The directory of the database, stored files and keys, as an absolute path.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The owner's API token; null to create one at the first start.</summary>
    public string? ApiSecret { get; init; }

    /// <summary>The limits of sessions that were created without limits of their own.</summary>
    public SessionLimits SessionLimits { get; init; } = SessionDefaults.Limits;

    /// <summary>How much of a caller's address the audit records keep.</summary>
    public AuditAddress AuditAddress { get; init; }

    /// <summary>The number of days after which a new key signs session tokens; 0 for never.</summary>
    public int KeyRotationDays { get; init; } = 30;

    /// <summary>The web origins whose pages may call the API; null for any.</summary>
    public IReadOnlyList<string>? AllowedOrigins { get; init; }

    /// <summary>The maximum lifetime of a session token, in seconds.</summary>
    public int SessionMaxSeconds { get; init; } = SessionLife.MaxSeconds;

    /// <summary>How many sessions the visitors of one address may create per minute; 0 for no limit.</summary>
    public int VisitorSessionsPerMinute { get; init; } = 30;

    /// <summary>The <c>iss</c> claim of session tokens.</summary>
    public string Issuer { get; init; } = "chatbotkit-server";

    /// <summary>The directory of the key ring that encrypts stored secrets.</summary>
    public string KeysDirectory => Path.Combine(DataDirectory, "keys");

    /// <exception cref="StartupException">A setting is invalid; the message names it.</exception>
    public static SecurityOptions From(IConfiguration configuration)
    {
        var options = new SecurityOptions
        {
            DataDirectory = DataLocation.Of(configuration),
            ApiSecret = ReadSecret(configuration),
            AuditAddress = ReadAuditAddress(configuration),
            KeyRotationDays = ReadRotationDays(configuration),
            AllowedOrigins = ReadOrigins(configuration),
        };
        return options with
        {
            SessionLimits = SessionDefaults.From(configuration),
            SessionMaxSeconds = ReadSessionLimit(configuration) ?? options.SessionMaxSeconds,
            VisitorSessionsPerMinute = ReadVisitorSessions(configuration) ?? options.VisitorSessionsPerMinute,
            Issuer = ReadIssuer(configuration) ?? options.Issuer,
        };
    }

    private static string? Text(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } value ? value : null;

    private static string? ReadSecret(IConfiguration configuration)
    {
        const string Name = "CHATBOTKIT_API_SECRET";
        if (configuration[Name] is not { } secret)
            return null;
        if (!ApiTokens.IsUsableSecret(secret))
        {
            throw new StartupException(
                $"{Name} must be at least {ApiTokens.MinSecretLength} visible ASCII characters and may not look like a session token (two dots).");
        }

        return ApiTokens.IsVaried(secret)
            ? secret
            : throw new StartupException(
                $"{Name} can be guessed: it needs {ApiTokens.MinDifferentCharacters} different characters at least, and may neither repeat itself nor run through the alphabet. Take random ones, for example from \"openssl rand -hex 32\".");
    }

    // RFC 7519: a value with a colon must be a URI.
    private static string? ReadIssuer(IConfiguration configuration)
    {
        if (Text(configuration, "CHATBOTKIT_ISSUER") is not { } issuer)
            return null;
        return !issuer.Any(char.IsControl) && (!issuer.Contains(':', StringComparison.Ordinal) || Uri.TryCreate(issuer, UriKind.Absolute, out _))
            ? issuer
            : throw new StartupException("CHATBOTKIT_ISSUER must be a name on one line, or an address such as https://chat.example.");
    }

    private static AuditAddress ReadAuditAddress(IConfiguration configuration) =>
        Text(configuration, "CHATBOTKIT_AUDIT_ADDRESS") switch
        {
            null or "short" => AuditAddress.Short,
            "full" => AuditAddress.Full,
            "none" => AuditAddress.None,
            _ => throw new StartupException("CHATBOTKIT_AUDIT_ADDRESS must be short, full or none."),
        };

    private static int ReadRotationDays(IConfiguration configuration)
    {
        if (Text(configuration, "CHATBOTKIT_KEY_ROTATION_DAYS") is not { } value)
            return 30;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 3650
            ? days
            : throw new StartupException("CHATBOTKIT_KEY_ROTATION_DAYS must be a whole number of days from 0 (never) to 3650.");
    }

    private static int? ReadVisitorSessions(IConfiguration configuration)
    {
        if (Text(configuration, "CHATBOTKIT_VISITOR_SESSIONS_PER_MINUTE") is not { } value)
            return null;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit <= 60_000
            ? limit
            : throw new StartupException("CHATBOTKIT_VISITOR_SESSIONS_PER_MINUTE must be a whole number from 0 (no limit) to 60000.");
    }

    private static string[]? ReadOrigins(IConfiguration configuration)
    {
        const string Name = "CHATBOTKIT_ALLOWED_ORIGINS";
        var origins = Text(configuration, Name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return origins is null || (origins.Length > 0 && origins.All(WebOrigin.IsValid))
            ? origins
            : throw new StartupException(
                $"{Name} must name origins as browsers send them, separated by commas, for example https://shop.example,http://localhost:3000.");
    }

    private static int? ReadSessionLimit(IConfiguration configuration)
    {
        if (Text(configuration, "CHATBOTKIT_SESSION_MAX_SECONDS") is not { } value)
            return null;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= SessionLife.MinSeconds and <= SessionLife.MaxSeconds
            ? limit
            : throw new StartupException(
                $"CHATBOTKIT_SESSION_MAX_SECONDS must be a whole number from {SessionLife.MinSeconds} to {SessionLife.MaxSeconds}.");
    }
}
