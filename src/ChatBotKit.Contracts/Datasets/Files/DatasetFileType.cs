using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies the role of a file in a dataset.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<DatasetFileType>))]
public readonly record struct DatasetFileType(string Value) : IOpenString<DatasetFileType>
{
    private static readonly DatasetFileType[] KnownValues = [new("source")];

    /// <summary>Gets the type of files whose text is split into records.</summary>
    public static DatasetFileType Source => KnownValues[0];

    static ReadOnlySpan<DatasetFileType> IOpenString<DatasetFileType>.Known => KnownValues;

    static DatasetFileType IOpenString<DatasetFileType>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
