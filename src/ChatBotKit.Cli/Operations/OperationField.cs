namespace ChatBotKit.Cli.Operations;

/// <summary>A field that an operation takes.</summary>
/// <param name="Name">The name on the wire; dots lead into objects.</param>
/// <param name="Type">For example <c>string</c>, <c>integer</c>, <c>enum(a|b)</c> or <c>array</c>.</param>
/// <param name="IsQuery">Whether it travels in the query, not in the body.</param>
/// <param name="IsRequired">Whether the API needs it.</param>
internal sealed record OperationField(string Name, string Type, bool IsQuery, bool IsRequired)
{
    private const string Enum = "enum(";

    public IReadOnlyList<string> Choices { get; } = Type.StartsWith(Enum, StringComparison.Ordinal) ? Type[Enum.Length..^1].Split('|') : [];

    /// <summary>What it means; null when nothing is known but its type.</summary>
    public string? Description { get; init; }

    /// <summary>Whether a value is JSON and not plain text.</summary>
    public bool IsJson => Type is not "string" && Choices.Count == 0;

    /// <summary>Whether a value that is no JSON is taken as plain text.</summary>
    public bool MayBeText => Type == "any" || Type.Split('|').Contains("string");

    /// <summary>Whether it names something, by its id or by an alias that begins with <c>@</c>.</summary>
    public bool IsId => Name == "id" || Name.EndsWith("Id", StringComparison.Ordinal) || Name.EndsWith(".id", StringComparison.Ordinal);

    /// <summary>What help says of it: what it means, what it takes, and whether it must be there.</summary>
    public string Help
    {
        get
        {
            var kind = Choices.Count > 0 ? string.Join(", ", Choices) : Type;
            return $"{(Description is null ? "" : $"{Description} ")}({kind}{(IsRequired ? "; required" : "")})";
        }
    }
}
