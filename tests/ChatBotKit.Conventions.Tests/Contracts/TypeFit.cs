namespace ChatBotKit.Conventions.Tests;

/// <summary>Tells whether a type of the table of fields is the same on the wire as a type of ours.</summary>
internal static class TypeFit
{
    private const string Any = "any";

    public static bool Fits(string documented, WireType ours)
    {
        if (documented == Any)
            return true;

        var alternatives = Split(documented);
        if (ours.Kind == Any)
            return alternatives.Count > 1;
        var mine = AlternativesOf(ours).ToList();
        return alternatives.All(alternative => mine.Any(type => FitsOne(alternative, type)))
            && mine.All(type => alternatives.Any(alternative => FitsOne(alternative, type)));
    }

    private static bool FitsOne(string documented, WireType ours) => Word(documented) switch
    {
        "string" => ours.Kind is "string" or "enum",
        // A single value needs no type of its own.
        "enum" => ours.Kind == "enum" ? Inside(documented).Split('|').All(ours.Values.Contains) : ours.Kind == "string" && !documented.Contains('|', StringComparison.Ordinal),
        "number" => ours.Kind is "number" or "integer" or "moment",
        "integer" => ours.Kind is "integer" or "moment",
        "array" => ours.Kind == "array" && Fits(Inside(documented), WireType.Of(ours.Element!)),
        var word => ours.Kind == word,
    };

    private static IEnumerable<WireType> AlternativesOf(WireType type)
    {
        for (var at = type; at is not null; at = at.Alternative)
            yield return at;
    }

    private static string Word(string type) => type.Split('<', '(')[0];

    private static string Inside(string type) => type[(type.IndexOfAny(['<', '(']) + 1)..^1];

    /// <summary>Splits at the bars that stand in no brackets.</summary>
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
