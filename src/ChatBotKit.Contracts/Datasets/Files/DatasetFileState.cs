using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies how far the import of a file into a dataset is.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<DatasetFileState>))]
public readonly record struct DatasetFileState(string Value) : IOpenString<DatasetFileState>
{
    private static readonly DatasetFileState[] KnownValues =
        [new("attached"), new("waiting"), new("importing"), new("imported"), new("failed")];

    /// <summary>Gets the state of a file that is attached, but was not imported yet.</summary>
    public static DatasetFileState Attached => KnownValues[0];

    /// <summary>Gets the state in which the import waits until it begins.</summary>
    public static DatasetFileState Waiting => KnownValues[1];

    /// <summary>Gets the state in which the file is read and its records are stored.</summary>
    public static DatasetFileState Importing => KnownValues[2];

    /// <summary>Gets the state in which all records of the file are stored.</summary>
    public static DatasetFileState Imported => KnownValues[3];

    /// <summary>Gets the state in which the file could not be imported. The records of an earlier import remain.</summary>
    public static DatasetFileState Failed => KnownValues[4];

    static ReadOnlySpan<DatasetFileState> IOpenString<DatasetFileState>.Known => KnownValues;

    static DatasetFileState IOpenString<DatasetFileState>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
