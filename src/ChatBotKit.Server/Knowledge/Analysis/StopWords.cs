using System.Collections.Frozen;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Words without a subject, in the larger European languages. A word that has a meaning in one of these languages (German "die",
/// Spanish "son") is missing from the lists of the others.
/// </summary>
internal static class StopWords
{
    private const string English =
        "a about after all also am an and any anyone are as at be because been before being both but by can could d did do "
        + "does doing don each few for from had has have having he her here hers him his how i if in into is it its just let "
        + "ll m may me might more most much must my no nor not now of on once only or other our ours out over own please re s "
        + "same shall she should so some something such t tell than thank thanks that the their them then there these they "
        + "thing this those through to too under until up us ve very was we were what when where which while who whom whose "
        + "why will with would you your yours hello hi hey know want need like get give";

    private const string German =
        "aber als auch auf aus bei bin bist das dass dem den der des dich dir du ein eine einem einen einer es euch euer eure "
        + "für haben hat ich ihr ihre im ist kann mein meine mich mir nicht nur oder sich sie sind so und uns unser unsere von "
        + "wann warum wenn wer wie wir wird wo zu zum zur";

    private const string French =
        "au aux avec ce ces cette dans de des du elle en est et il ils je la le les leur lui ma mes mon ne nos notre nous on "
        + "ou où pas pourquoi quand que quel quelle quels quelles qui sa se ses sont sur te tu un une vos votre vous";

    private const string Spanish =
        "al como con cómo cuál cuáles cuándo del dónde el ella ellos es esta este esto ha hay las lo los más mi mis muy nos o "
        + "para pero por qué quién se si su sus también tiene una uno unos y ya yo";

    private static readonly FrozenSet<string> All =
        string.Join(' ', English, German, French, Spanish).Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OfEnglish = English.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly int MaxLength = All.Max(word => word.Length);

    /// <summary>Whether the word is in one of the lists. Its accents count, because German "für" has another meaning than "fur".</summary>
    public static bool Contains(ReadOnlySpan<char> word) => IsIn(All, word);

    /// <summary>Whether the word is in the English list.</summary>
    public static bool ContainsEnglish(ReadOnlySpan<char> word) => IsIn(OfEnglish, word);

    private static bool IsIn(FrozenSet<string> words, ReadOnlySpan<char> word)
    {
        if (word.Length > MaxLength)
            return false;
        Span<char> lower = stackalloc char[MaxLength];
        return words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(lower[..word.ToLowerInvariant(lower)]);
    }
}
