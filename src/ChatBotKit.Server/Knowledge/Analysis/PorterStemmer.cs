namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Porter's stemmer for English words (M. F. Porter, An algorithm for suffix stripping, 1980), with the same results as the
/// tokenizer <c>porter</c> of SQLite.
/// </summary>
internal static class PorterStemmer
{
    private const int MinLength = 3;

    private static readonly (string Suffix, string Replacement)[] SecondStep =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("logi", "log"), ("bli", "ble"),
        ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"),
        ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ];

    private static readonly (string Suffix, string Replacement)[] ThirdStep =
    [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ];

    private static readonly string[] FourthStep =
    [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous", "ive", "ize",
    ];

    /// <summary>Stems a word of lower-case letters and digits in its place, and returns the length of the stem.</summary>
    public static int Stem(Span<char> word)
    {
        if (word.Length < MinLength)
            return word.Length;
        var length = RemovePlural(word, word.Length);
        length = RemovePast(word, length);
        if (length > 1 && word[length - 1] == 'y' && HasVowel(word[..(length - 1)]))
            word[length - 1] = 'i';
        length = Replace(word, length, SecondStep);
        length = Replace(word, length, ThirdStep);
        length = RemoveSuffix(word, length);
        return RemoveEnd(word, length);
    }

    private static int RemovePlural(Span<char> word, int length)
    {
        var current = word[..length];
        if (current[^1] != 's')
            return length;
        if (current.EndsWith("sses") || current.EndsWith("ies"))
            return length - 2;
        return current.EndsWith("ss") ? length : length - 1;
    }

    private static int RemovePast(Span<char> word, int length)
    {
        var current = word[..length];
        if (current.EndsWith("eed"))
            return Measure(current[..^3]) > 0 ? length - 1 : length;
        var removed = current.EndsWith("ed") ? 2 : current.EndsWith("ing") ? 3 : 0;
        if (removed == 0 || !HasVowel(current[..^removed]))
            return length;
        length -= removed;
        current = word[..length];
        if (current.EndsWith("at") || current.EndsWith("bl") || current.EndsWith("iz")
            || (Measure(current) == 1 && EndsShort(current)))
        {
            word[length] = 'e';
            return length + 1;
        }

        return EndsInDouble(current) && current[^1] is not ('l' or 's' or 'z') ? length - 1 : length;
    }

    private static int Replace(Span<char> word, int length, (string Suffix, string Replacement)[] rules)
    {
        var current = word[..length];
        foreach (var (suffix, replacement) in rules)
        {
            if (!current.EndsWith(suffix))
                continue;
            if (Measure(current[..^suffix.Length]) == 0)
                return length;
            replacement.CopyTo(word[(length - suffix.Length)..]);
            return length - suffix.Length + replacement.Length;
        }

        return length;
    }

    private static int RemoveSuffix(Span<char> word, int length)
    {
        var current = word[..length];
        foreach (var suffix in FourthStep)
        {
            if (!current.EndsWith(suffix))
                continue;
            var stem = current[..^suffix.Length];
            var applies = Measure(stem) > 1 && (suffix != "ion" || (stem.Length > 0 && stem[^1] is 's' or 't'));
            return applies ? stem.Length : length;
        }

        return length;
    }

    private static int RemoveEnd(Span<char> word, int length)
    {
        var current = word[..length];
        if (length > 1 && current[^1] == 'e')
        {
            var stem = current[..^1];
            var measure = Measure(stem);
            if (measure > 1 || (measure == 1 && !EndsShort(stem)))
                length--;
        }

        current = word[..length];
        return length > 1 && current[^1] == 'l' && current[^2] == 'l' && Measure(current) > 1 ? length - 1 : length;
    }

    /// <summary>Returns the number of sequences of a vowel and a consonant.</summary>
    private static int Measure(ReadOnlySpan<char> word)
    {
        var measure = 0;
        var afterVowel = false;
        for (var i = 0; i < word.Length; i++)
        {
            var isVowel = !IsConsonant(word, i);
            if (afterVowel && !isVowel)
                measure++;
            afterVowel = isVowel;
        }

        return measure;
    }

    private static bool HasVowel(ReadOnlySpan<char> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (!IsConsonant(word, i))
                return true;
        }

        return false;
    }

    private static bool EndsInDouble(ReadOnlySpan<char> word) =>
        word.Length > 1 && word[^1] == word[^2] && IsConsonant(word, word.Length - 1);

    /// <summary>Whether the word ends with consonant, vowel, consonant, and the last one is not w, x or y.</summary>
    private static bool EndsShort(ReadOnlySpan<char> word) =>
        word.Length > 2 && word[^1] is not ('w' or 'x' or 'y') && IsConsonant(word, word.Length - 1)
        && !IsConsonant(word, word.Length - 2) && IsConsonant(word, word.Length - 3);

    private static bool IsConsonant(ReadOnlySpan<char> word, int index)
    {
        if (word[index] is 'a' or 'e' or 'i' or 'o' or 'u')
            return false;
        if (word[index] != 'y')
            return true;
        // A y is a vowel after a consonant; the letters before it decide which of a row of them is one.
        var isConsonant = true;
        var first = index;
        while (first > 0 && word[first - 1] == 'y')
            first--;
        for (var i = first; i <= index; i++)
            isConsonant = i == 0 || (i == first ? word[i - 1] is 'a' or 'e' or 'i' or 'o' or 'u' : !isConsonant);
        return isConsonant;
    }
}
