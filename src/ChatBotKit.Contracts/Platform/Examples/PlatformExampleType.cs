using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies the type of an example.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<PlatformExampleType>))]
public readonly record struct PlatformExampleType(string Value) : IOpenString<PlatformExampleType>
{
    private static readonly PlatformExampleType[] KnownValues =
    [
        new("blueprint"),
        new("project"),
        new("widget"),
        new("slack"),
        new("discord"),
        new("whatsapp"),
        new("messenger"),
        new("telegram"),
        new("twilio"),
        new("email"),
        new("trigger"),
    ];

    /// <summary>Gets the type of examples that are blueprints.</summary>
    public static PlatformExampleType Blueprint => KnownValues[0];

    /// <summary>Gets the type of examples that are projects.</summary>
    public static PlatformExampleType Project => KnownValues[1];

    /// <summary>Gets the type of examples with a bot in the widget of a web site.</summary>
    public static PlatformExampleType Widget => KnownValues[2];

    /// <summary>Gets the type of examples with a bot on Slack.</summary>
    public static PlatformExampleType Slack => KnownValues[3];

    /// <summary>Gets the type of examples with a bot on Discord.</summary>
    public static PlatformExampleType Discord => KnownValues[4];

    /// <summary>Gets the type of examples with a bot on WhatsApp.</summary>
    public static PlatformExampleType Whatsapp => KnownValues[5];

    /// <summary>Gets the type of examples with a bot on Messenger.</summary>
    public static PlatformExampleType Messenger => KnownValues[6];

    /// <summary>Gets the type of examples with a bot on Telegram.</summary>
    public static PlatformExampleType Telegram => KnownValues[7];

    /// <summary>Gets the type of examples with a bot on Twilio.</summary>
    public static PlatformExampleType Twilio => KnownValues[8];

    /// <summary>Gets the type of examples with a bot at an e-mail address.</summary>
    public static PlatformExampleType Email => KnownValues[9];

    /// <summary>Gets the type of examples with a bot that a trigger starts.</summary>
    public static PlatformExampleType Trigger => KnownValues[10];

    static ReadOnlySpan<PlatformExampleType> IOpenString<PlatformExampleType>.Known => KnownValues;

    static PlatformExampleType IOpenString<PlatformExampleType>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
