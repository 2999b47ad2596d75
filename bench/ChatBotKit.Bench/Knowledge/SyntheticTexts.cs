using System.Text;

namespace ChatBotKit.Bench.Knowledge;

/// <summary>
/// Texts of made-up words that occur as often as the words of a language do: the second most frequent one half as often as the first,
/// and so on. English ones have stop words between them, others long words with endings.
/// </summary>
internal sealed class SyntheticTexts
{
    private const int Vocabulary = 40_000;
    private const int TextLength = 940;

    private static readonly string[] Syllables =
        ["ba", "con", "der", "el", "fir", "gan", "hol", "ist", "jo", "kal", "lum", "mar", "nes", "op", "per", "qui", "ras", "sol", "tra", "ur", "ven", "wil", "xen", "yor", "zet"];

    private static readonly string[] StopWords = ["the", "of", "and", "to", "in", "is", "for", "that", "with", "are", "it", "this"];

    private readonly Random _random = new(1);
    private readonly string[] _words;
    private readonly double[] _sums;
    private readonly bool _isEnglish;

    public SyntheticTexts(bool isEnglish)
    {
        _isEnglish = isEnglish;
        _words = [.. Enumerable.Range(0, Vocabulary).Select(_ => NewWord())];
        _sums = new double[Vocabulary];
        for (var i = 0; i < Vocabulary; i++)
            _sums[i] = (i > 0 ? _sums[i - 1] : 0) + 1.0 / (i + 10);
    }

    public (string Title, string Text) Next()
    {
        var text = new StringBuilder();
        while (text.Length < TextLength)
            text.Append(NextWord()).Append(_random.Next(12) == 0 ? ". " : " ");
        return ($"{Pick()} {Pick()}", text.ToString());
    }

    /// <summary>Returns a question of 2 to 20 words, which are in the texts.</summary>
    public string Question() => string.Join(' ', Enumerable.Range(0, _random.Next(2, 21)).Select(_ => NextWord()));

    private string NextWord() => _isEnglish && _random.Next(5) < 2 ? StopWords[_random.Next(StopWords.Length)] : Pick();

    private string Pick()
    {
        var found = Array.BinarySearch(_sums, _random.NextDouble() * _sums[^1]);
        return _words[Math.Min(found < 0 ? ~found : found, Vocabulary - 1)];
    }

    private string NewWord() =>
        string.Concat(Enumerable.Range(0, _random.Next(_isEnglish ? 1 : 2, _isEnglish ? 5 : 7)).Select(_ => Syllables[_random.Next(Syllables.Length)]));
}
