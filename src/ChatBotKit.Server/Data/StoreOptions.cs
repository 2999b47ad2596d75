using System.Globalization;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;

namespace ChatBotKit.Server.Data;

/// <summary>The settings of the store.</summary>
internal sealed record StoreOptions
{
    private const int DefaultEventDays = 365;
    private const int MaxEventDays = 36_500;

    /// <summary>The directory of the database and of all other files of the server.</summary>
    public required string DataDirectory { get; init; }

    public SynchronousMode Synchronous { get; init; } = SynchronousMode.Full;

    /// <summary>How many days events are kept; 0 when none are stored.</summary>
    public int EventDays { get; init; } = DefaultEventDays;

    /// <summary>Whether events are stored.</summary>
    public bool KeepsEvents => EventDays > 0;

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
        EventDays = ReadEventDays(configuration["CHATBOTKIT_EVENT_DAYS"]),
        Postgres = PostgresSettings.From(configuration),
    };

    private static int ReadEventDays(string? text) =>
        string.IsNullOrEmpty(text) ? DefaultEventDays
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= MaxEventDays ? days
        : throw new StartupException($"CHATBOTKIT_EVENT_DAYS is '{text}'; it must be a whole number of days from 0 (to store no events) to {MaxEventDays}.");
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
