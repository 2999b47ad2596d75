using System.Text;
using System.Text.RegularExpressions;

namespace ChatBotKit.Server.Features.Sitemaps;

/// <summary>
/// The pages that a site map integration reads, as one pattern per line. A pattern that begins with ! excludes its pages. * stands for
/// characters without a slash, ** for any, and ? for one character. A pattern that begins with a slash is compared with the path, and
/// others with the whole address.
/// </summary>
internal sealed class SitemapRules
{
    private const int MaxRules = 100;

    private readonly List<Rule> _rules;

    private SitemapRules(List<Rule> rules) => _rules = rules;

    public static SitemapRules Parse(string? glob) => new(
    [
        .. (glob ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Take(MaxRules)
            .Select(line => line[0] == '!' ? (IsExcluding: true, Text: line[1..].Trim()) : (IsExcluding: false, Text: line))
            .Where(line => line.Text.Length > 0)
            .Select(line => new Rule(line.IsExcluding, line.Text[0] == '/', RegexOf(line.Text))),
    ]);

    /// <summary>Whether a page is read: no rule excludes it, and one includes it, if there are such rules.</summary>
    public bool Allows(Uri page) =>
        !_rules.Exists(rule => rule.IsExcluding && rule.Matches(page))
        && (_rules.TrueForAll(rule => rule.IsExcluding) || _rules.Exists(rule => !rule.IsExcluding && rule.Matches(page)));

    /// <summary>The expression takes time in proportion to the address, whatever the pattern.</summary>
    private static Regex RegexOf(string pattern)
    {
        var text = new StringBuilder(@"\A");
        for (var index = 0; index < pattern.Length; index++)
        {
            if (pattern[index] == '*' && index + 1 < pattern.Length && pattern[index + 1] == '*')
            {
                text.Append(".*");
                index++;
            }
            else
            {
                text.Append(pattern[index] switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    var one => Regex.Escape(one.ToString()),
                });
            }
        }

        return new Regex(text.Append(@"\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    private sealed record Rule(bool IsExcluding, bool IsOfPath, Regex Pattern)
    {
        public bool Matches(Uri page) => Pattern.IsMatch(IsOfPath ? page.AbsolutePath : page.AbsoluteUri);
    }
}
