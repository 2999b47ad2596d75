using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies who speaks in a message, or what kind of note it is.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<MessageType>))]
public readonly record struct MessageType(string Value) : IOpenString<MessageType>
{
    private static readonly MessageType[] KnownValues =
    [
        new("bot"), new("user"), new("reasoning"), new("context"),
        new("instruction"), new("backstory"), new("activity"), new("checkpoint"),
    ];

    /// <summary>Gets what the model says.</summary>
    public static MessageType Bot => KnownValues[0];

    /// <summary>Gets what the user says.</summary>
    public static MessageType User => KnownValues[1];

    /// <summary>Gets what the model thinks before it answers.</summary>
    public static MessageType Reasoning => KnownValues[2];

    /// <summary>Gets a note in the background.</summary>
    public static MessageType Context => KnownValues[3];

    /// <summary>Gets an order to the model.</summary>
    public static MessageType Instruction => KnownValues[4];

    /// <summary>Gets a text that takes the place of the bot's backstory; the last one counts.</summary>
    public static MessageType Backstory => KnownValues[5];

    /// <summary>Gets a call of a function or its result.</summary>
    public static MessageType Activity => KnownValues[6];

    /// <summary>Gets a summary; the model does not see what is before it.</summary>
    public static MessageType Checkpoint => KnownValues[7];

    static ReadOnlySpan<MessageType> IOpenString<MessageType>.Known => KnownValues;

    static MessageType IOpenString<MessageType>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
