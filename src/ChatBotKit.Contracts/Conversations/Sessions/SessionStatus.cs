using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies whether a session can be used.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<SessionStatus>))]
public readonly record struct SessionStatus(string Value) : IOpenString<SessionStatus>
{
    private static readonly SessionStatus[] KnownValues = [new("active"), new("expired"), new("revoked")];

    /// <summary>Gets the state of a valid session.</summary>
    public static SessionStatus Active => KnownValues[0];

    /// <summary>Gets the state of a session that has expired.</summary>
    public static SessionStatus Expired => KnownValues[1];

    /// <summary>Gets the state of a session that was revoked.</summary>
    public static SessionStatus Revoked => KnownValues[2];

    static ReadOnlySpan<SessionStatus> IOpenString<SessionStatus>.Known => KnownValues;

    static SessionStatus IOpenString<SessionStatus>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
