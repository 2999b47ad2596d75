using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The place of a picture in a widget.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<IntegrationWidgetFileType>))]
public readonly record struct IntegrationWidgetFileType(string Value) : IOpenString<IntegrationWidgetFileType>
{
    private static readonly IntegrationWidgetFileType[] KnownValues = [new("bar"), new("user"), new("bot"), new("button")];

    /// <summary>Gets the bar above the chat.</summary>
    public static IntegrationWidgetFileType Bar => KnownValues[0];

    /// <summary>Gets the place beside messages of the user.</summary>
    public static IntegrationWidgetFileType User => KnownValues[1];

    /// <summary>Gets the place beside messages of the bot.</summary>
    public static IntegrationWidgetFileType Bot => KnownValues[2];

    /// <summary>Gets the button that opens the widget.</summary>
    public static IntegrationWidgetFileType Button => KnownValues[3];

    static ReadOnlySpan<IntegrationWidgetFileType> IOpenString<IntegrationWidgetFileType>.Known => KnownValues;

    static IntegrationWidgetFileType IOpenString<IntegrationWidgetFileType>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
