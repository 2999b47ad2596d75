namespace ChatBotKit;

/// <summary>A request to move a running server from its database file to PostgreSQL.</summary>
public sealed record ServerMigrationCreateRequest
{
    /// <summary>Gets the connection string of an empty PostgreSQL database, in the format of Npgsql, of at most 4,096 characters. It is a secret.</summary>
    public required string To { get; init; }

    /// <summary>Gets whether audit chains may be broken. Default: they are refused.</summary>
    public bool? AcceptBrokenAudit { get; init; }

    /// <summary>Gets whether files of attachments may be missing or damaged. Default: they are refused.</summary>
    public bool? AcceptMissingFiles { get; init; }
}
