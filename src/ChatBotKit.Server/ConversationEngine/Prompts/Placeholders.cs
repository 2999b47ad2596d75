using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Expands <c>${NAME}</c> in a backstory. Unknown placeholders are left unchanged.</summary>
internal static partial class Placeholders
{
    /// <param name="text">The backstory.</param>
    /// <param name="now">The time of the run.</param>
    /// <param name="zone">The time zone from the caller's <c>X-Timezone</c> header.</param>
    /// <param name="values">The values of further placeholders, by name.</param>
    public static string Expand(
        string text, DateTimeOffset now, TimeZoneInfo zone, IReadOnlyDictionary<string, string> values)
    {
        if (!text.Contains("${", StringComparison.Ordinal))
            return text;

        var local = TimeZoneInfo.ConvertTime(now, zone);
        return Name().Replace(text, match => match.Groups[1].Value switch
        {
            "EARTH_DATE" => local.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture),
            "EARTH_TIME" => local.ToString("HH:mm", CultureInfo.InvariantCulture) + " " + zone.Id,
            var name => values.TryGetValue(name, out var value) ? value : match.Value,
        });
    }

    [GeneratedRegex(@"\$\{([A-Z][A-Z0-9_]*)\}")]
    private static partial Regex Name();
}
