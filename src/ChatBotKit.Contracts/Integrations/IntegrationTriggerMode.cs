using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies when an integration processes a conversation.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<IntegrationTriggerMode>))]
public readonly record struct IntegrationTriggerMode(string Value) : IOpenString<IntegrationTriggerMode>
{
    private static readonly IntegrationTriggerMode[] KnownValues = [new("automatic"), new("never")];

    /// <summary>Gets the mode that processes conversations once they are idle.</summary>
    public static IntegrationTriggerMode Automatic => KnownValues[0];

    /// <summary>Gets the mode that processes conversations only when it is triggered.</summary>
    public static IntegrationTriggerMode Never => KnownValues[1];

    static ReadOnlySpan<IntegrationTriggerMode> IOpenString<IntegrationTriggerMode>.Known => KnownValues;

    static IntegrationTriggerMode IOpenString<IntegrationTriggerMode>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
