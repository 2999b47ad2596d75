using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies whether an API token of the server can be used.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<ServerTokenStatus>))]
public readonly record struct ServerTokenStatus(string Value) : IOpenString<ServerTokenStatus>
{
    private static readonly ServerTokenStatus[] KnownValues = [new("active"), new("expired"), new("revoked"), new("lost")];

    /// <summary>Gets the state of a valid token.</summary>
    public static ServerTokenStatus Active => KnownValues[0];

    /// <summary>Gets the state of a token that has expired.</summary>
    public static ServerTokenStatus Expired => KnownValues[1];

    /// <summary>Gets the state of a token that was revoked.</summary>
    public static ServerTokenStatus Revoked => KnownValues[2];

    /// <summary>Gets the state of a token that is not usable because the keys directory of the server was lost.</summary>
    public static ServerTokenStatus Lost => KnownValues[3];

    static ReadOnlySpan<ServerTokenStatus> IOpenString<ServerTokenStatus>.Known => KnownValues;

    static ServerTokenStatus IOpenString<ServerTokenStatus>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
