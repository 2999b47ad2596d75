using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Writes the terms of a text for the index, with spaces between them. Stop words are left out, because no question asks for them.
/// </summary>
internal sealed class DocumentTerms
{
    private readonly StringBuilder _words = new();
    private readonly StringBuilder _grams = new();

    /// <summary>The stems, pairs and triples.</summary>
    public string Words => _words.ToString();

    /// <summary>The parts of words; empty for an English text.</summary>
    public string Grams => _grams.ToString();

    /// <summary>The number of words, where those of the title count once.</summary>
    public int WordCount { get; private set; }

    /// <summary>The number of parts of words, where those of the title count once.</summary>
    public int GramCount { get; private set; }

    /// <summary>Replaces the terms by those of another text. A title is written as often as it counts.</summary>
    public void Read(string title, ReadOnlySpan<char> text, bool isEnglish)
    {
        _words.Clear();
        _grams.Clear();
        WordCount = GramCount = 0;
        Append(title, Bm25.TitleWeight, isEnglish);
        Append(text, 1, isEnglish);
    }

    private void Append(ReadOnlySpan<char> text, int times, bool isEnglish)
    {
        var reader = new TermReader(text, stackalloc char[TermReader.BufferLength]);
        while (reader.Read())
        {
            ReadOnlySpan<char> term = reader.Term;
            if (reader.Kind == CharacterKind.Letter)
            {
                if (StopWords.Contains(reader.Source))
                    continue;
                if (!isEnglish)
                    AppendGrams(term, times);
                term = Terms.Stem(reader.Term);
            }

            WordCount++;
            for (var i = 0; i < times; i++)
                _words.Append(term).Append(' ');
        }
    }

    private void AppendGrams(ReadOnlySpan<char> word, int times)
    {
        for (var i = 0; i < Terms.GramCount(word); i++)
        {
            GramCount++;
            for (var time = 0; time < times; time++)
                _grams.Append(Terms.Gram(word, i)).Append(' ');
        }
    }
}
