namespace ChatBotKit.Cli.Operations;

/// <summary>A field of an operation.</summary>
/// <param name="Name">The name on the wire; dots lead into objects.</param>
/// <param name="Type">The type, for example <c>string</c>, <c>integer</c>, <c>enum(a|b)</c> or <c>array</c>.</param>
/// <param name="IsQuery">Whether the field is sent in the query, not in the body.</param>
/// <param name="IsRequired">Whether the API requires it.</param>
internal sealed record OperationField(string Name, string Type, bool IsQuery, bool IsRequired)
{
    private const string Enum = "enum(";

    public IReadOnlyList<string> Choices { get; } = Type.StartsWith(Enum, StringComparison.Ordinal) ? Type[Enum.Length..^1].Split('|') : [];

    /// <summary>Gets the description; null when only the type is known.</summary>
    public string? Description { get; init; }

    /// <summary>Gets whether a value is JSON and not plain text.</summary>
    public bool IsJson => Type is not "string" && Choices.Count == 0;

    /// <summary>Gets whether a value that is not valid JSON is sent as plain text.</summary>
    public bool MayBeText => Type == "any" || Type.Split('|').Contains("string");

    /// <summary>Gets whether the field identifies a resource, by id or by an alias that starts with <c>@</c>.</summary>
    public bool IsId => Name == "id" || Name.EndsWith("Id", StringComparison.Ordinal) || Name.EndsWith(".id", StringComparison.Ordinal);

    /// <summary>Gets the help text: the meaning, the accepted values, and whether it is required.</summary>
    public string Help
    {
        get
        {
            var kind = Choices.Count > 0 ? string.Join(", ", Choices) : Type;
            return $"{(Description is null ? "" : $"{Description} ")}({kind}{(IsRequired ? "; required" : "")})";
        }
    }
}
