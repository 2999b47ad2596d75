using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>One permission of a session, which is always limited to the conversation of the session.</summary>
/// <param name="Value">The value as it is on the wire, and in the <c>scope</c> of the token.</param>
[JsonConverter(typeof(OpenStringConverter<SessionPermission>))]
public readonly record struct SessionPermission(string Value) : IOpenString<SessionPermission>
{
    private static readonly SessionPermission[] KnownValues =
    [
        new("complete"), new("send"), new("receive"), new("messages:read"), new("messages:write"), new("messages:speak"),
        new("attachments:write"), new("feedback"), new("contact:write"), new("channels:publish"), new("runs:abort"),
        new("tools:read"),
    ];

    /// <summary>Gets the permission to send a message and get the answer in one call.</summary>
    public static SessionPermission Complete => KnownValues[0];

    /// <summary>Gets the permission to send a message without waiting for an answer.</summary>
    public static SessionPermission Send => KnownValues[1];

    /// <summary>Gets the permission to request an answer to messages that were sent.</summary>
    public static SessionPermission Receive => KnownValues[2];

    /// <summary>Gets the permission to list and fetch messages, and to follow runs that other callers have started.</summary>
    public static SessionPermission MessagesRead => KnownValues[3];

    /// <summary>Gets the permission to store messages without calling the model.</summary>
    public static SessionPermission MessagesWrite => KnownValues[4];

    /// <summary>Gets the permission to have messages read aloud.</summary>
    public static SessionPermission MessagesSpeak => KnownValues[5];

    /// <summary>Gets the permission to add files.</summary>
    public static SessionPermission AttachmentsWrite => KnownValues[6];

    /// <summary>Gets the permission to rate messages.</summary>
    public static SessionPermission Feedback => KnownValues[7];

    /// <summary>Gets the permission to set the contact of the conversation.</summary>
    public static SessionPermission ContactWrite => KnownValues[8];

    /// <summary>Gets the permission to answer functions on the session's channels.</summary>
    public static SessionPermission ChannelsPublish => KnownValues[9];

    /// <summary>Gets the permission to abort a run.</summary>
    public static SessionPermission RunsAbort => KnownValues[10];

    /// <summary>
    /// Gets the permission to see the arguments and results of the bot's tools, and the texts that were found by searches.
    /// It is the only permission that a session does not have by default.
    /// </summary>
    public static SessionPermission ToolsRead => KnownValues[11];

    static ReadOnlySpan<SessionPermission> IOpenString<SessionPermission>.Known => KnownValues;

    static SessionPermission IOpenString<SessionPermission>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
