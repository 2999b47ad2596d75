using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Platform.Search;

/// <summary>A part of an entry, and how much a word in it counts.</summary>
/// <param name="Text">The text.</param>
/// <param name="Weight">The weight, at most <see cref="WordIndex.MaxWeight"/>.</param>
internal readonly record struct WeightedText(string Text, double Weight);

/// <summary>The words of an entry, each with the weight of the best part that it occurs in.</summary>
internal sealed class WordIndex
{
    public const double MaxWeight = 8;

    /// <summary>The length of an excerpt in characters.</summary>
    private const int ExcerptLength = 240;

    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);
    private readonly string _text;

    /// <param name="parts">The parts of the entry. Excerpts are taken from them in their order.</param>
    public WordIndex(params IReadOnlyList<WeightedText> parts)
    {
        _text = string.Join('\n', parts.Select(part => part.Text));
        foreach (var (text, weight) in parts)
        {
            foreach (var word in WordsOf(text))
                _weights[word] = Math.Max(weight, _weights.GetValueOrDefault(word));
        }
    }

    /// <summary>Returns the distinct words of a text in the form in which they are compared. Words without a meaning are left out.</summary>
    public static HashSet<string> WordsOf(ReadOnlySpan<char> text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var reader = new TermReader(text, stackalloc char[TermReader.BufferLength]);
        while (reader.Read())
        {
            if (reader.Kind != CharacterKind.Letter)
                words.Add(reader.Term.ToString());
            else if (!StopWords.Contains(reader.Source))
                words.Add(Terms.Stem(reader.Term).ToString());
        }

        return words;
    }

    /// <summary>Returns how well the entry matches: 0 when it has none of the words, 1 when its name has all of them.</summary>
    public double ScoreOf(IReadOnlyCollection<string> words) =>
        words.Count == 0 ? 0 : words.Sum(word => _weights.GetValueOrDefault(word)) / (MaxWeight * words.Count);

    /// <summary>Returns the line with the most of the words, cut to the length of an excerpt.</summary>
    public string ExcerptOf(IReadOnlyCollection<string> words)
    {
        var (best, most) = ("", 0);
        foreach (var line in _text.Split('\n'))
        {
            var found = WordsOf(line).Count(words.Contains);
            if (found > most)
                (best, most) = (line, found);
        }

        best = best.Trim();
        return best.Length <= ExcerptLength ? best : string.Concat(best.AsSpan(0, TextCuts.Find(best, ExcerptLength, ExcerptLength / 2)), "…");
    }
}
