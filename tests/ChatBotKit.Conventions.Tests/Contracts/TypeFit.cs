namespace ChatBotKit.Conventions.Tests;

/// <summary>Compares a type in the table of fields with the type of a property.</summary>
internal static class TypeFit
{
    private const string Any = "any";

    public static bool Fits(string documented, WireType ours, bool isRead)
    {
        if (documented == Any)
            return true;

        var alternatives = Split(documented);
        if (ours.Kind == Any)
            return alternatives.Count > 1;
        var mine = AlternativesOf(ours).ToList();
        return alternatives.All(alternative => mine.Any(type => FitsOne(alternative, type, isRead)))
            && mine.All(type => alternatives.Any(alternative => FitsOne(alternative, type, isRead)));
    }

    private static bool FitsOne(string documented, WireType ours, bool isRead) => Word(documented) switch
    {
        // A time is written as a number, and can be read from a string too.
        "string" => ours.Kind is "string" or "enum" || (isRead && ours.Kind == "moment"),
        // A single value needs no enum.
        "enum" => ours.Kind == "enum" ? Inside(documented).Split('|').All(ours.Values.Contains) : ours.Kind == "string" && !documented.Contains('|', StringComparison.Ordinal),
        "number" => ours.Kind is "number" or "integer" or "moment",
        "integer" => ours.Kind is "integer" or "moment",
        "array" => ours.Kind == "array" && Fits(Inside(documented), WireType.Of(ours.Element!), isRead),
        var word => ours.Kind == word,
    };

    private static IEnumerable<WireType> AlternativesOf(WireType type)
    {
        for (var at = type; at is not null; at = at.Alternative)
            yield return at;
    }

    private static string Word(string type) => type.Split('<', '(')[0];

    private static string Inside(string type) => type[(type.IndexOfAny(['<', '(']) + 1)..^1];

    /// <summary>Splits at the bars outside of brackets.</summary>
    private static List<string> Split(string type)
    {
        var result = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i < type.Length; i++)
        {
            depth += type[i] is '<' or '(' ? 1 : type[i] is '>' or ')' ? -1 : 0;
            if (type[i] != '|' || depth > 0)
                continue;
            result.Add(type[start..i]);
            start = i + 1;
        }

        result.Add(type[start..]);
        return result;
    }
}
