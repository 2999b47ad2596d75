using System.Text.RegularExpressions;
using ChatBotKit.Server.ConversationEngine.Privacy;

namespace ChatBotKit.Bench.Privacy;

/// <summary>The floor: a usual pattern for each type, without the checks of numbers, in the framework's matcher with linear time.</summary>
internal static class PatternFinder
{
    private static readonly (string Type, Regex Pattern)[] Patterns =
    [
        .. from pattern in new (string Type, string Pattern)[]
           {
               ("email", @"[\w.+'-]+@[\w-]+(\.[\w-]+)+"),
               ("iban", @"\b[A-Z]{2}\d{2}( ?[A-Z0-9]{4}){2,7}( ?[A-Z0-9]{1,3})?\b"),
               ("card", @"\b\d([ -]?\d){12,18}\b"),
               ("ip", @"\b(\d{1,3}\.){3}\d{1,3}\b|\b([0-9a-f]{1,4}:){2,7}:?[0-9a-f]{1,4}\b"),
               ("phone", @"\+?\d[\d ().-]{7,16}\d"),
           }
           select (pattern.Type, new Regex(pattern.Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)),
    ];

    public static void Find(string text, List<PersonalData> found)
    {
        foreach (var (type, pattern) in Patterns)
        {
            foreach (var match in pattern.EnumerateMatches(text))
            {
                var (begin, end) = (match.Index, match.Index + match.Length);
                if (!found.Exists(one => one.Begin < end && begin < one.End))
                    found.Add(new PersonalData(begin, end, type));
            }
        }
    }
}
