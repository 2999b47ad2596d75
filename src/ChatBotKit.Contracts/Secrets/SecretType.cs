using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies how the value of a secret is turned into the header of a request.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<SecretType>))]
public readonly record struct SecretType(string Value) : IOpenString<SecretType>
{
    private static readonly SecretType[] KnownValues = [new("plain"), new("basic"), new("bearer"), new("jwt"), new("oauth"), new("template"), new("reference")];

    /// <summary>Gets the type of a secret whose value is the whole header.</summary>
    public static SecretType Plain => KnownValues[0];

    /// <summary>Gets the type of a secret whose value is a name and a password, as <c>name:password</c> or a JSON object.</summary>
    public static SecretType Basic => KnownValues[1];

    /// <summary>Gets the type of a secret whose value is a token; <c>schema</c> in the settings replaces the word Bearer.</summary>
    public static SecretType Bearer => KnownValues[2];

    /// <summary>Gets the type of a secret whose value is a private key, which signs a short-lived token for each request.</summary>
    public static SecretType Jwt => KnownValues[3];

    /// <summary>Gets the type of a secret whose value comes from an OAuth provider after a sign-in.</summary>
    public static SecretType OAuth => KnownValues[4];

    /// <summary>Gets the type of a secret that is based on a template of the platform.</summary>
    public static SecretType Template => KnownValues[5];

    /// <summary>Gets the type of a secret that uses the value of another secret, given by <c>id</c> in the settings.</summary>
    public static SecretType Reference => KnownValues[6];

    static ReadOnlySpan<SecretType> IOpenString<SecretType>.Known => KnownValues;

    static SecretType IOpenString<SecretType>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
