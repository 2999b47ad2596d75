using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies the type of a message: who wrote it, or what kind of note it is.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<MessageType>))]
public readonly record struct MessageType(string Value) : IOpenString<MessageType>
{
    private static readonly MessageType[] KnownValues =
    [
        new("bot"), new("user"), new("reasoning"), new("context"),
        new("instruction"), new("backstory"), new("activity"), new("checkpoint"),
    ];

    /// <summary>Gets the type of a message of the bot.</summary>
    public static MessageType Bot => KnownValues[0];

    /// <summary>Gets the type of a message of the user.</summary>
    public static MessageType User => KnownValues[1];

    /// <summary>Gets the type of the model's reasoning before its answer.</summary>
    public static MessageType Reasoning => KnownValues[2];

    /// <summary>Gets the type of background information for the model.</summary>
    public static MessageType Context => KnownValues[3];

    /// <summary>Gets the type of an instruction to the model.</summary>
    public static MessageType Instruction => KnownValues[4];

    /// <summary>Gets the type of a text that replaces the backstory of the bot. The last one is used.</summary>
    public static MessageType Backstory => KnownValues[5];

    /// <summary>Gets the type of a function call or its result.</summary>
    public static MessageType Activity => KnownValues[6];

    /// <summary>Gets the type of a summary. The model does not see the messages before it.</summary>
    public static MessageType Checkpoint => KnownValues[7];

    static ReadOnlySpan<MessageType> IOpenString<MessageType>.Known => KnownValues;

    static MessageType IOpenString<MessageType>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
