using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies whether a secret has one value or a value for each contact.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<SecretKind>))]
public readonly record struct SecretKind(string Value) : IOpenString<SecretKind>
{
    private static readonly SecretKind[] KnownValues = [new("shared"), new("personal")];

    /// <summary>Gets the kind of a secret with one value for everybody.</summary>
    public static SecretKind Shared => KnownValues[0];

    /// <summary>Gets the kind of a secret with a separate value for each verified contact.</summary>
    public static SecretKind Personal => KnownValues[1];

    static ReadOnlySpan<SecretKind> IOpenString<SecretKind>.Known => KnownValues;

    static SecretKind IOpenString<SecretKind>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
