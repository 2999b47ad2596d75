using System.Text.Json;

namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>A value in the <c>meta</c> of a record, or in a filter.</summary>
/// <param name="Kind">The type. The absence of a value and null are <see cref="JsonValueKind.Null"/>.</param>
/// <param name="Text">The text, or the exact digits of a number.</param>
/// <param name="Number">The number.</param>
internal readonly record struct MetaValue(JsonValueKind Kind, string Text, double Number)
{
    public static MetaValue Missing { get; } = new(JsonValueKind.Null, "", 0);

    public bool IsNumber => Kind == JsonValueKind.Number;

    /// <summary>Reads a value. A list of plain values is read as one text with commas; an object equals nothing.</summary>
    public static MetaValue Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new(JsonValueKind.String, value.GetString()!, 0),
        JsonValueKind.Number => new(JsonValueKind.Number, value.GetRawText(), value.GetDouble()),
        JsonValueKind.Array => new(JsonValueKind.String, string.Join(',', value.EnumerateArray().Select(element => $"{element}")), 0),
        var kind and not JsonValueKind.Null => new(kind, "", 0),
        _ => Missing,
    };

    /// <summary>Whether two values have the same type and value. Numbers are equal that differ only in their notation.</summary>
    public bool Is(MetaValue other) => Kind == other.Kind && Kind switch
    {
        JsonValueKind.String => Text == other.Text,
        JsonValueKind.Number => CompareTo(other) == 0,
        JsonValueKind.Object => false,
        _ => true,
    };

    /// <summary>Compares two numbers, exactly when both have few enough digits.</summary>
    public int CompareTo(MetaValue other) =>
        long.TryParse(Text, out var number) && long.TryParse(other.Text, out var otherNumber)
            ? number.CompareTo(otherNumber)
            : Number.CompareTo(other.Number);
}
