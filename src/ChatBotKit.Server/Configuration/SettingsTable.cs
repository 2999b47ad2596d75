using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace ChatBotKit.Server.Configuration;

/// <summary>The settings in the README. The README's table is embedded in the program, so that there is only one list.</summary>
internal static partial class SettingsTable
{
    private const string Resource = "ChatBotKit.Server.README.md";
    private const string Heading = "## Settings of the server";

    private static readonly Lazy<IReadOnlyList<SettingRow>> Read = new(() => [.. Parse()]);
    private static readonly Lazy<FrozenSet<string>> ReadNames = new(() => Read.Value
        .SelectMany(row => row.Names)
        .Select(name => name.TrimStart('-'))
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    public static IReadOnlyList<SettingRow> Rows => Read.Value;

    /// <summary>All names of settings, without dashes; their case is ignored.</summary>
    public static FrozenSet<string> Names => ReadNames.Value;

    private static IEnumerable<SettingRow> Parse()
    {
        using var stream = typeof(SettingsTable).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var isInside = false;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                isInside = line == Heading;
            else if (isInside && line.StartsWith("| `", StringComparison.Ordinal))
                yield return ToRow(line.Split('|'));
        }
    }

    private static SettingRow ToRow(string[] cells) => new(
        [.. Quoted().Matches(cells[1]).Select(match => match.Groups[1].Value)], Plain(cells[2]), Plain(cells[3]));

    private static string Plain(string cell) => cell.Replace("`", "", StringComparison.Ordinal).Trim();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}

/// <summary>A row of the table.</summary>
internal sealed record SettingRow(IReadOnlyList<string> Names, string Meaning, string Default);
