using System.Text.RegularExpressions;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Bench.Knowledge;

/// <summary>The words of a question that the floor asks for: all but the stop words, which both leave out.</summary>
internal static partial class QuestionWords
{
    public static IEnumerable<string> Of(string question) => Word().Matches(question)
        .Select(match => match.Value.ToLowerInvariant())
        .Where(word => !StopWords.Contains(word))
        .Distinct();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
