using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies the synchronization status of an integration.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<IntegrationSyncStatus>))]
public readonly record struct IntegrationSyncStatus(string Value) : IOpenString<IntegrationSyncStatus>
{
    private static readonly IntegrationSyncStatus[] KnownValues = [new("pending"), new("synced"), new("error")];

    /// <summary>Gets the status of a synchronization that is waiting or in progress.</summary>
    public static IntegrationSyncStatus Pending => KnownValues[0];

    /// <summary>Gets the status after a successful synchronization.</summary>
    public static IntegrationSyncStatus Synced => KnownValues[1];

    /// <summary>Gets the status after a failed synchronization.</summary>
    public static IntegrationSyncStatus Error => KnownValues[2];

    static ReadOnlySpan<IntegrationSyncStatus> IOpenString<IntegrationSyncStatus>.Known => KnownValues;

    static IntegrationSyncStatus IOpenString<IntegrationSyncStatus>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
