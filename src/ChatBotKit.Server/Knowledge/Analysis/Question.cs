namespace ChatBotKit.Server.Knowledge;

/// <summary>A term to look for.</summary>
/// <param name="Text">The term.</param>
/// <param name="IsPrefix">Whether every term that begins with the text is meant.</param>
internal readonly record struct QuestionTerm(string Text, bool IsPrefix = false)
{
    public bool Matches(ReadOnlySpan<char> term) => IsPrefix ? term.StartsWith(Text) : term.SequenceEqual(Text);
}

/// <summary>The terms of a question, each once. Their number is limited, and so is what is read of a long question.</summary>
internal sealed class Question
{
    private const int MaxTerms = 64;
    private const int MaxGrams = 256;

    /// <summary>A question of more characters is read at its start and at its end, where people say what they want.</summary>
    private const int MaxLength = 16_000;

    private readonly List<QuestionTerm> _words = [];
    private readonly List<QuestionTerm> _kana = [];
    private readonly List<QuestionTerm> _grams = [];
    private readonly HashSet<QuestionTerm> _known = [];
    private readonly HashSet<QuestionTerm> _knownGrams = [];

    public Question(string text)
    {
        var isLong = text.Length > MaxLength;
        Read(isLong ? text.AsSpan(0, MaxLength / 2) : text);
        if (isLong)
            Read(text.AsSpan(text.Length - MaxLength / 2));
        // Pairs of hiragana are usually grammar and would match every Japanese text.
        Words = Limit(_words.Count > 0 ? _words : _kana, MaxTerms);
        Grams = EnglishTexts.IsEnglishQuestion(text) ? [] : Limit(_grams, MaxGrams);
    }

    /// <summary>The stems, pairs and triples.</summary>
    public IReadOnlyList<QuestionTerm> Words { get; }

    /// <summary>The parts of words, for texts that are not English; empty for an English question.</summary>
    public IReadOnlyList<QuestionTerm> Grams { get; }

    private static List<QuestionTerm> Limit(List<QuestionTerm> terms, int limit) =>
        terms.Count <= limit ? terms : [.. terms[..(limit / 2)], .. terms[^(limit / 2)..]];

    private void Read(ReadOnlySpan<char> text)
    {
        var reader = new TermReader(text, stackalloc char[TermReader.BufferLength]);
        while (reader.Read())
        {
            if (reader.Kind == CharacterKind.Letter)
                AddWord(ref reader);
            else if (!reader.IsRest || reader.IsShort)
                AddPart(ref reader);
        }
    }

    private void AddWord(ref TermReader reader)
    {
        if (StopWords.Contains(reader.Source))
            return;
        for (var i = 0; i < Terms.GramCount(reader.Term); i++)
            Add(_grams, _knownGrams, new QuestionTerm(Terms.Gram(reader.Term, i).ToString()));
        Add(_words, _known, new QuestionTerm(Terms.Stem(reader.Term).ToString()));
    }

    private void AddPart(ref TermReader reader)
    {
        var isHiragana = !reader.Term.ContainsAnyExceptInRange('\u3041', '\u309F');
        Add(isHiragana ? _kana : _words, _known, new QuestionTerm(reader.Term.ToString(), IsPrefix: reader.IsShort));
    }

    private static void Add(List<QuestionTerm> terms, HashSet<QuestionTerm> known, QuestionTerm term)
    {
        if (known.Add(term))
            terms.Add(term);
    }
}
