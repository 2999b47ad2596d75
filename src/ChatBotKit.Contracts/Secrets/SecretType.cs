using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies how the value of a secret becomes the header of a request.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<SecretType>))]
public readonly record struct SecretType(string Value) : IOpenString<SecretType>
{
    private static readonly SecretType[] KnownValues = [new("plain"), new("basic"), new("bearer"), new("jwt"), new("oauth"), new("template"), new("reference")];

    /// <summary>Gets the type whose value is the header.</summary>
    public static SecretType Plain => KnownValues[0];

    /// <summary>Gets the type whose value is a name and a password, <c>name:password</c> or a JSON object.</summary>
    public static SecretType Basic => KnownValues[1];

    /// <summary>Gets the type whose value is a token; <c>schema</c> in the settings replaces the word Bearer.</summary>
    public static SecretType Bearer => KnownValues[2];

    /// <summary>Gets the type whose value is a private key, with which a short-lived token is signed for each request.</summary>
    public static SecretType Jwt => KnownValues[3];

    /// <summary>Gets the type whose value comes from an OAuth provider after somebody has agreed.</summary>
    public static SecretType OAuth => KnownValues[4];

    /// <summary>Gets the type that is made after a template of the platform.</summary>
    public static SecretType Template => KnownValues[5];

    /// <summary>Gets the type that takes its value from another secret, named by <c>id</c> in the settings.</summary>
    public static SecretType Reference => KnownValues[6];

    static ReadOnlySpan<SecretType> IOpenString<SecretType>.Known => KnownValues;

    static SecretType IOpenString<SecretType>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
