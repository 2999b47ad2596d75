using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies whether a run is running or has ended.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<RunState>))]
public readonly record struct RunState(string Value) : IOpenString<RunState>
{
    private static readonly RunState[] KnownValues = [new("running"), new("ended")];

    /// <summary>Gets the state of a run that is running or waiting.</summary>
    public static RunState Running => KnownValues[0];

    /// <summary>Gets the state of a run that has ended, for any reason.</summary>
    public static RunState Ended => KnownValues[1];

    static ReadOnlySpan<RunState> IOpenString<RunState>.Known => KnownValues;

    static RunState IOpenString<RunState>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
