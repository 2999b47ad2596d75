using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies whether a secret can be used.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<SecretStatus>))]
public readonly record struct SecretStatus(string Value) : IOpenString<SecretStatus>
{
    private static readonly SecretStatus[] KnownValues = [new("unauthenticated"), new("authenticated")];

    /// <summary>Gets the status of a secret that needs a sign-in first.</summary>
    public static SecretStatus Unauthenticated => KnownValues[0];

    /// <summary>Gets the status of a secret that can be used.</summary>
    public static SecretStatus Authenticated => KnownValues[1];

    static ReadOnlySpan<SecretStatus> IOpenString<SecretStatus>.Known => KnownValues;

    static SecretStatus IOpenString<SecretStatus>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
