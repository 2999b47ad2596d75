using System.Text;

namespace ChatBotKit.Bench.Knowledge;

/// <summary>
/// Texts of made-up words that occur as often as the words of a language do: the second most frequent one half as often as the first,
/// and so on. English ones have stop words between them, others long words with endings.
/// </summary>
internal sealed class SyntheticTexts
{
    private const int Vocabulary = 40_000;
    private const int Syllables = 500;
    private const int TextLength = 940;

    private const string Consonants = "bcdfghklmnprstvwz";
    private const string Vowels = "aeiou";

    private static readonly string[] StopWords = ["the", "of", "and", "to", "in", "is", "for", "that", "with", "are", "it", "this"];

    private readonly Random _random = new(1);
    private readonly string[] _syllables;
    private readonly string[] _words;
    private readonly double[] _sums;
    private readonly bool _isEnglish;

    public SyntheticTexts(bool isEnglish)
    {
        _isEnglish = isEnglish;
        _syllables = [.. Enumerable.Range(0, Syllables).Select(_ => NewSyllable())];
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

    /// <summary>Returns a question of 2 to 20 words of a text.</summary>
    public string Question(string text)
    {
        var words = text.Split([' ', '.'], StringSplitOptions.RemoveEmptyEntries);
        var some = Enumerable.Range(0, _random.Next(1, 20)).Select(_ => words[_random.Next(words.Length)]);
        return string.Join(' ', some.Append(words.First(word => word.Length > 4)));
    }

    private string NextWord() => _isEnglish && _random.Next(5) < 2 ? StopWords[_random.Next(StopWords.Length)] : Pick();

    private string Pick()
    {
        var found = Array.BinarySearch(_sums, _random.NextDouble() * _sums[^1]);
        return _words[Math.Min(found < 0 ? ~found : found, Vocabulary - 1)];
    }

    private string NewWord() => string.Concat(Enumerable.Range(0, _random.Next(_isEnglish ? 1 : 2, 5)).Select(_ => Syllable()));

    // The first syllables are the most frequent ones.
    private string Syllable() => _syllables[(int)(_syllables.Length * Math.Pow(_random.NextDouble(), 3))];

    private string NewSyllable() =>
        $"{Letter(Consonants)}{Letter(Vowels)}{(_random.Next(2) == 0 ? "" : Letter(Consonants))}";

    private string Letter(string letters) => letters[_random.Next(letters.Length)].ToString();
}
