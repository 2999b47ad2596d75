using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;

namespace ChatBotKit.Server.Data;

/// <summary>The settings of the store.</summary>
internal sealed record StoreOptions
{
    /// <summary>The directory of the database and of all other files of the server.</summary>
    public required string DataDirectory { get; init; }

    public SynchronousMode Synchronous { get; init; } = SynchronousMode.Full;

    /// <summary>The PostgreSQL database; null to store in a SQLite file.</summary>
    public PostgresSettings? Postgres { get; init; }

    /// <exception cref="StartupException">A setting does not have one of its possible values.</exception>
    public static StoreOptions From(IConfiguration configuration) => new()
    {
        DataDirectory = DataLocation.Of(configuration),
        Synchronous = configuration["CHATBOTKIT_SQLITE_SYNCHRONOUS"] switch
        {
            null or "" => SynchronousMode.Full,
            var full when full.Equals("full", StringComparison.OrdinalIgnoreCase) => SynchronousMode.Full,
            var normal when normal.Equals("normal", StringComparison.OrdinalIgnoreCase) => SynchronousMode.Normal,
            var other => throw new StartupException($"CHATBOTKIT_SQLITE_SYNCHRONOUS is '{other}'; it can be FULL or NORMAL."),
        },
        Postgres = PostgresSettings.From(configuration),
    };
}

internal enum SynchronousMode
{
    /// <summary>Acknowledged writes survive a power failure.</summary>
    Full,

    /// <summary>
    /// Acknowledged writes survive a crash of the server, but a power failure may lose the most recent ones. Faster on slow disks.
    /// </summary>
    Normal,
}
