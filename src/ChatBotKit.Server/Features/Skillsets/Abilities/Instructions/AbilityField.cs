using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>A value that the caller of an ability gives: a parameter of its function.</summary>
/// <param name="Name">The name.</param>
internal sealed record AbilityField(string Name)
{
    public const string StringType = "string";
    public const string NumberType = "number";
    public const string BooleanType = "boolean";
    public const string ArrayType = "array";
    public const string ObjectType = "object";
    public const string ReferenceType = "reference";

    /// <summary>The description for the model; empty for none.</summary>
    public string Description { get; init; } = "";

    public bool IsRequired { get; init; }

    /// <summary>The JSON type; null for any.</summary>
    public string? Type { get; init; } = StringType;

    /// <summary>The value when the caller gives none.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>The possible values, as texts; empty for any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The lowest number, or the lowest length of a text.</summary>
    public double? Min { get; init; }

    /// <summary>The highest number, or the highest length of a text.</summary>
    public double? Max { get; init; }

    /// <summary>The <c>format</c> of the JSON Schema, such as <c>date</c>.</summary>
    public string? Format { get; init; }

    /// <summary>The JSON Schema of the elements of an array.</summary>
    public JsonNode? Items { get; init; }

    /// <summary>The JSON Schemas of the members of an object.</summary>
    public JsonNode? Properties { get; init; }

    /// <summary>Whether the field is never offered to the model.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Whether the model may give the value.</summary>
    public bool IsOffered => !IsLocal && Type != ReferenceType && Name[0] is not ('_' or '#' or '@' or '$');

    /// <summary>Combines two mentions of the same field.</summary>
    public AbilityField With(AbilityField other) => other with
    {
        Description = Description.Length > 0 ? Description : other.Description,
        IsRequired = IsRequired || other.IsRequired,
        Type = Type == StringType ? other.Type : Type,
        Default = Default ?? other.Default,
        Choices = Choices.Count > 0 ? Choices : other.Choices,
        Min = Min ?? other.Min,
        Max = Max ?? other.Max,
        Format = Format ?? other.Format,
        Items = Items ?? other.Items,
        Properties = Properties ?? other.Properties,
        IsLocal = IsLocal || other.IsLocal,
    };
}
