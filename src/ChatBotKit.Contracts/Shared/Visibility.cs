using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies who besides its owner may use a resource. Only the owner may update it in any case.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<Visibility>))]
public readonly record struct Visibility(string Value) : IOpenString<Visibility>
{
    private static readonly Visibility[] KnownValues = [new("private"), new("protected"), new("public")];

    /// <summary>Gets the visibility for the owner only.</summary>
    public static Visibility Private => KnownValues[0];

    /// <summary>Gets the visibility for related accounts: parent, children and siblings.</summary>
    public static Visibility Protected => KnownValues[1];

    /// <summary>Gets the visibility for everybody. Public bots and files need no credential.</summary>
    public static Visibility Public => KnownValues[2];

    static ReadOnlySpan<Visibility> IOpenString<Visibility>.Known => KnownValues;

    static Visibility IOpenString<Visibility>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
