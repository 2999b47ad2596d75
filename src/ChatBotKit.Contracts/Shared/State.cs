using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies whether a resource is in use.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<State>))]
public readonly record struct State(string Value) : IOpenString<State>
{
    private static readonly State[] KnownValues = [new("enabled"), new("disabled")];

    /// <summary>Gets the state of a resource that is in use.</summary>
    public static State Enabled => KnownValues[0];

    /// <summary>Gets the state of a resource that is kept but not used.</summary>
    public static State Disabled => KnownValues[1];

    static ReadOnlySpan<State> IOpenString<State>.Known => KnownValues;

    static State IOpenString<State>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
