using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A piece of personal data in a text. Positions count UTF-16 units, as strings of .NET do.</summary>
public sealed record Entity
{
    /// <summary>Gets the kind of data; servers that only want the position do without.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>Gets where it begins.</summary>
    public required int Begin { get; init; }

    /// <summary>Gets where it ends; the unit at this position is not part of it.</summary>
    public required int End { get; init; }

    /// <summary>Gets the text; servers that only want the position do without.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>Gets what stands in its place; null when it was not replaced.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntityReplacement? Replacement { get; init; }
}

/// <summary>Specifies what stands in the place of a piece of personal data.</summary>
public sealed record EntityReplacement
{
    /// <summary>Gets where it begins in the new text.</summary>
    public required int Begin { get; init; }

    /// <summary>Gets where it ends in the new text.</summary>
    public required int End { get; init; }

    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }
}
