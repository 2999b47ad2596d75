using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads files with values that are separated by commas, semicolons, tabs or bars.</summary>
internal static class CsvBlocks
{
    private static readonly string[] Delimiters = [",", ";", "\t", "|"];

    public static IEnumerable<TextBlock> Read(string text)
    {
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = null,
            Delimiter = DelimiterOf(text),
            IgnoreBlankLines = true,
        });
        var table = new TableRows(hasTitles: false);
        while (parser.Read())
        {
            foreach (var block in table.Add(parser.Record!))
                yield return block;
        }

        foreach (var block in table.End())
            yield return block;
    }

    /// <summary>Returns the separator of the values: the most frequent one in the first line, outside of quotes.</summary>
    private static string DelimiterOf(string text)
    {
        var counts = new int[Delimiters.Length];
        var isQuoted = false;
        foreach (var c in text)
        {
            if (c == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && c is '\n' or '\r' && counts.Any(count => count > 0))
                break;
            else if (!isQuoted && Array.FindIndex(Delimiters, delimiter => delimiter[0] == c) is >= 0 and var index)
                counts[index]++;
        }

        return Delimiters[counts.Index().MaxBy(count => count.Item).Index];
    }
}
