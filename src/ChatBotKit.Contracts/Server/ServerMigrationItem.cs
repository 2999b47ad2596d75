namespace ChatBotKit;

/// <summary>Represents the migration of a running server to PostgreSQL.</summary>
public sealed record ServerMigrationItem : ApiObject
{
    /// <summary>Gets the state.</summary>
    public required ServerMigrationState State { get; init; }

    /// <summary>Gets the name and the host of the PostgreSQL database; null when there is no migration.</summary>
    public string? Database { get; init; }

    /// <summary>Gets the number of rows that were copied.</summary>
    public required long Rows { get; init; }

    /// <summary>Gets the number of bytes that were copied.</summary>
    public required long Bytes { get; init; }

    /// <summary>Gets the number of rows that have changed and are not copied yet.</summary>
    public required long WaitingRows { get; init; }

    /// <summary>Gets how long the migration has taken, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Gets how long the server has refused writes, in seconds; null when it has not.</summary>
    public double? RefusedSeconds { get; init; }

    /// <summary>Gets why the migration failed; null when it did not.</summary>
    public string? Error { get; init; }
}
