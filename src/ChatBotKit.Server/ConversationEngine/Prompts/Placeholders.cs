using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Expands <c>${NAME}</c> in a backstory. Unknown placeholders are left unchanged. The value of a placeholder is not expanded itself, so
/// that a contact can't change the backstory with a name.
/// </summary>
internal static partial class Placeholders
{
    /// <summary>The maximum number of characters of all values together. Placeholders after that are left unchanged.</summary>
    private const int MaxInserted = 1_000_000;

    /// <summary>The maximum number of different placeholders whose values are loaded.</summary>
    private const int MaxNames = 200;

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
        var left = MaxInserted;
        return Name().Replace(text, match =>
        {
            var value = match.Groups[1].Value switch
            {
                "EARTH_DATE" => local.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture),
                "EARTH_TIME" => local.ToString("HH:mm", CultureInfo.InvariantCulture) + " " + zone.Id,
                var name => values.GetValueOrDefault(name),
            };
            if (value is null || value.Length > left)
                return match.Value;
            left -= value.Length;
            return value;
        });
    }

    /// <summary>Returns the names of the placeholders in the texts, each once.</summary>
    public static IReadOnlySet<string> NamesIn(params IEnumerable<string?> texts)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            if (text?.Contains("${", StringComparison.Ordinal) is not true)
                continue;
            for (var match = Name().Match(text); match.Success && names.Count < MaxNames; match = match.NextMatch())
                names.Add(match.Groups[1].Value);
        }

        return names;
    }

    [GeneratedRegex(@"\$\{([A-Z][A-Za-z0-9_-]{0,250})\}")]
    private static partial Regex Name();
}
