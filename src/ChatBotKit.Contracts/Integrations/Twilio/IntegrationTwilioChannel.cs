using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies how a bot reaches a telephone.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<IntegrationTwilioChannel>))]
public readonly record struct IntegrationTwilioChannel(string Value) : IOpenString<IntegrationTwilioChannel>
{
    private static readonly IntegrationTwilioChannel[] KnownValues = [new("sms"), new("call")];

    /// <summary>Gets the text message.</summary>
    public static IntegrationTwilioChannel Sms => KnownValues[0];

    /// <summary>Gets the call.</summary>
    public static IntegrationTwilioChannel Call => KnownValues[1];

    static ReadOnlySpan<IntegrationTwilioChannel> IOpenString<IntegrationTwilioChannel>.Known => KnownValues;

    static IntegrationTwilioChannel IOpenString<IntegrationTwilioChannel>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
