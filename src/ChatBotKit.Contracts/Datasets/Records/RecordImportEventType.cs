using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies what an event of an import says.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<RecordImportEventType>))]
public readonly record struct RecordImportEventType(string Value) : IOpenString<RecordImportEventType>
{
    private static readonly RecordImportEventType[] KnownValues = [new("imported"), new("failed"), new("result")];

    /// <summary>Gets the type of the events with the number of rows that are stored.</summary>
    public static RecordImportEventType Imported => KnownValues[0];

    /// <summary>Gets the type of the events about a row that could not be imported.</summary>
    public static RecordImportEventType Failed => KnownValues[1];

    /// <summary>Gets the type of the last event, which has the final numbers.</summary>
    public static RecordImportEventType Result => KnownValues[2];

    static ReadOnlySpan<RecordImportEventType> IOpenString<RecordImportEventType>.Known => KnownValues;

    static RecordImportEventType IOpenString<RecordImportEventType>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
