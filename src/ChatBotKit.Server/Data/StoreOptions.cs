using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;

namespace ChatBotKit.Server.Data;

/// <summary>Where and how the server stores.</summary>
internal sealed record StoreOptions
{
    /// <summary>The directory of the database and of everything else that the server keeps.</summary>
    public required string DataDirectory { get; init; }

    public SynchronousMode Synchronous { get; init; } = SynchronousMode.Full;

    /// <summary>The PostgreSQL database that takes the place of the file; null for none.</summary>
    public PostgresSettings? Postgres { get; init; }

    /// <exception cref="StartupException">A setting has a value that is not one of its choices.</exception>
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
    /// <summary>What was acknowledged survives a power cut.</summary>
    Full,

    /// <summary>What was acknowledged survives a crash of the server; a power cut may take the last moments. Faster on slow disks.</summary>
    Normal,
}
