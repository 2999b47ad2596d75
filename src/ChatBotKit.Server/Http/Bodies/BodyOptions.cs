using System.Globalization;
using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Http;

/// <summary>The limits of the memory for request bodies.</summary>
internal sealed record BodyOptions
{
    /// <summary>The maximum size of a request body in bytes.</summary>
    public long MaxBodyBytes { get; init; } = 4_718_592;

    /// <summary>The maximum number of bytes of request bodies in memory while they are read.</summary>
    public long BodyMemoryBytes { get; init; } = 128 * 1024 * 1024;

    /// <exception cref="StartupException">A setting is invalid; the message names it.</exception>
    public static BodyOptions From(IConfiguration configuration)
    {
        var options = new BodyOptions();
        return new BodyOptions
        {
            MaxBodyBytes = Read(configuration, "CHATBOTKIT_MAX_BODY_BYTES") ?? options.MaxBodyBytes,
            BodyMemoryBytes = Read(configuration, "CHATBOTKIT_BODY_MEMORY_BYTES") ?? options.BodyMemoryBytes,
        };
    }

    private static long? Read(IConfiguration configuration, string name)
    {
        if (configuration[name] is not { Length: > 0 } value)
            return null;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1024
            ? limit
            : throw new StartupException($"{name} must be a whole number of at least 1024.");
    }
}
