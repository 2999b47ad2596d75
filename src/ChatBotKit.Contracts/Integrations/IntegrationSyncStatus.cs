using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies how far the records of an integration agree with what they are read from.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<IntegrationSyncStatus>))]
public readonly record struct IntegrationSyncStatus(string Value) : IOpenString<IntegrationSyncStatus>
{
    private static readonly IntegrationSyncStatus[] KnownValues = [new("pending"), new("synced"), new("error")];

    /// <summary>Gets that a synchronisation waits or is under way.</summary>
    public static IntegrationSyncStatus Pending => KnownValues[0];

    /// <summary>Gets that the last synchronisation ended well.</summary>
    public static IntegrationSyncStatus Synced => KnownValues[1];

    /// <summary>Gets that the last synchronisation failed.</summary>
    public static IntegrationSyncStatus Error => KnownValues[2];

    static ReadOnlySpan<IntegrationSyncStatus> IOpenString<IntegrationSyncStatus>.Known => KnownValues;

    static IntegrationSyncStatus IOpenString<IntegrationSyncStatus>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
