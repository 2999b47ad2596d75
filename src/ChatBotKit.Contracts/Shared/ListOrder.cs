using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The order of a list by time of creation.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<ListOrder>))]
public readonly record struct ListOrder(string Value) : IOpenString<ListOrder>
{
    private static readonly ListOrder[] KnownValues = [new("asc"), new("desc")];

    /// <summary>Gets the order that starts with the oldest.</summary>
    public static ListOrder Ascending => KnownValues[0];

    /// <summary>Gets the order that starts with the newest.</summary>
    public static ListOrder Descending => KnownValues[1];

    static ReadOnlySpan<ListOrder> IOpenString<ListOrder>.Known => KnownValues;

    static ListOrder IOpenString<ListOrder>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
