using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies the state of the migration of a server.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<ServerMigrationState>))]
public readonly record struct ServerMigrationState(string Value) : IOpenString<ServerMigrationState>
{
    private static readonly ServerMigrationState[] KnownValues =
        [new("preparing"), new("copying"), new("catchingUp"), new("switching"), new("moved"), new("failed"), new("none")];

    /// <summary>Gets the state in which both databases are checked.</summary>
    public static ServerMigrationState Preparing => KnownValues[0];

    /// <summary>Gets the state in which everything is copied while the server takes writes.</summary>
    public static ServerMigrationState Copying => KnownValues[1];

    /// <summary>Gets the state in which the changes since then are copied.</summary>
    public static ServerMigrationState CatchingUp => KnownValues[2];

    /// <summary>Gets the state in which the server refuses writes until it runs on PostgreSQL.</summary>
    public static ServerMigrationState Switching => KnownValues[3];

    /// <summary>Gets the state in which the server runs on PostgreSQL.</summary>
    public static ServerMigrationState Moved => KnownValues[4];

    /// <summary>Gets the state in which the server stays on its database file, because the migration failed or was cancelled.</summary>
    public static ServerMigrationState Failed => KnownValues[5];

    /// <summary>Gets the state in which there was no migration since the server was started.</summary>
    public static ServerMigrationState None => KnownValues[6];

    static ReadOnlySpan<ServerMigrationState> IOpenString<ServerMigrationState>.Known => KnownValues;

    static ServerMigrationState IOpenString<ServerMigrationState>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
