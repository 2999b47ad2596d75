using System.Text;

namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>The text of a found record for a model: all of it, or of a long one the parts that match.</summary>
internal static class MatchText
{
    private const int MaxWhole = 4_000;

    private const string Gap = "\n…\n";

    public static string Of(RecordMatch match)
    {
        var text = match.Record.Text!;
        if (text.Length <= MaxWhole)
            return text;
        var parts = new StringBuilder();
        var end = 0;
        foreach (var span in match.Passages.OrderBy(span => span.Start))
        {
            parts.Append(parts.Length > 0 && span.Start > end ? Gap : "").Append(text, span.Start, span.Length);
            end = span.Start + span.Length;
        }

        return parts.ToString();
    }
}
