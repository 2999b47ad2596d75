using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A piece of personal data in a text. Positions count UTF-16 units, as strings of .NET do.</summary>
public sealed record Entity
{
    /// <summary>Gets the kind of data. It is optional for servers that need only the position.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>Gets the start position.</summary>
    public required int Begin { get; init; }

    /// <summary>Gets the end position, which is exclusive.</summary>
    public required int End { get; init; }

    /// <summary>Gets the text. It is optional for servers that need only the position.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>Gets its replacement; null when it was not replaced.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntityReplacement? Replacement { get; init; }
}

/// <summary>Specifies the replacement of a piece of personal data.</summary>
public sealed record EntityReplacement
{
    /// <summary>Gets the start position in the new text.</summary>
    public required int Begin { get; init; }

    /// <summary>Gets the end position in the new text.</summary>
    public required int End { get; init; }

    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }
}
