using System.Globalization;

namespace ChatBotKit.Server.Configuration;

/// <summary>Reads settings that are numbers of bytes.</summary>
internal static class ByteSetting
{
    /// <summary>The maximum of a setting without a maximum of its own, with which sums and products do not overflow.</summary>
    private const long Largest = 1L << 50;

    /// <param name="configuration">The settings.</param>
    /// <param name="name">The name of the setting.</param>
    /// <param name="otherwise">The default.</param>
    /// <param name="min">The minimum; 0 is a valid value that means none.</param>
    /// <param name="max">The maximum.</param>
    /// <exception cref="StartupException">The setting is invalid.</exception>
    public static long Read(IConfiguration configuration, string name, long otherwise, long min = 0, long max = Largest)
    {
        if (configuration[name] is not { Length: > 0 } text)
            return otherwise;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes >= min && bytes <= max
            ? bytes
            : throw new StartupException($"{name} must be a whole number of bytes from {(min == 0 ? "0 (for none)" : min)} to {max}.");
    }
}
