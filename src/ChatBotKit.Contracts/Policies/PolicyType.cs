using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies what a policy limits.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<PolicyType>))]
public readonly record struct PolicyType(string Value) : IOpenString<PolicyType>
{
    private static readonly PolicyType[] KnownValues = [new("retention"), new("usage")];

    /// <summary>Gets the type of policies that limit how long data is kept.</summary>
    public static PolicyType Retention => KnownValues[0];

    /// <summary>Gets the type of policies that limit usage.</summary>
    public static PolicyType Usage => KnownValues[1];

    static ReadOnlySpan<PolicyType> IOpenString<PolicyType>.Known => KnownValues;

    static PolicyType IOpenString<PolicyType>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
