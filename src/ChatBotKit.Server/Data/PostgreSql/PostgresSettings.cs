using System.Data.Common;
using ChatBotKit.Server.Configuration;
using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>The connection settings of the database. Its text contains the name of the database and its host, but no password.</summary>
internal sealed class PostgresSettings
{
    public const string Setting = "CHATBOTKIT_POSTGRES";

    private const string Example = "Host=db.example;Database=chatbotkit;Username=chatbotkit;Password=…";

    // Far more than any statement of the server needs.
    private const string Limits = "-c statement_timeout=10000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=30000";

    private static readonly int Readers = Math.Clamp(Environment.ProcessorCount * 4, 8, 32);

    private readonly string _connectionString;

    private PostgresSettings(NpgsqlConnectionStringBuilder given, string source)
    {
        Source = source;
        _connectionString = given.ConnectionString;
        Name = $"{given.Database} on {given.Host}";
    }

    /// <summary>The name of the database and its host.</summary>
    public string Name { get; }

    /// <summary>The setting or argument that has the connection string.</summary>
    public string Source { get; }

    /// <returns>The settings; null when there are none.</returns>
    /// <exception cref="StartupException">The setting is not a connection string.</exception>
    public static PostgresSettings? From(IConfiguration configuration) =>
        configuration[Setting] is { Length: > 0 } text ? Parse(text) : null;

    /// <param name="text">The connection string.</param>
    /// <param name="source">The setting or argument that has it.</param>
    /// <exception cref="StartupException">The text is not a connection string.</exception>
    public static PostgresSettings Parse(string text, string source = Setting)
    {
        if (text.Contains("://", StringComparison.Ordinal) && !text.Contains(';', StringComparison.Ordinal))
            throw new StartupException($"{source} is an address; it must be a connection string such as {Example}.");
        NpgsqlConnectionStringBuilder given;
        try
        {
            given = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // The original exception may contain part of the password, so it is dropped.
            throw new StartupException($"{source} is not a connection string{Unknown(text)}. It must look like {Example}.");
        }

        if (string.IsNullOrEmpty(given.Host))
            throw new StartupException($"{source} has no Host. It must look like {Example}.");
        return string.IsNullOrEmpty(given.Database)
            ? throw new StartupException($"{source} has no Database. It must look like {Example}.")
            : new PostgresSettings(given, source);
    }

    /// <summary>Creates a pool of connections. The database shows the name as their application name.</summary>
    public NpgsqlDataSource CreatePool(string name) => Create(WithDefaults(name, isPooled: true));

    /// <summary>Creates a pool of connections that can only read.</summary>
    public NpgsqlDataSource CreateReadOnlyPool()
    {
        var settings = WithDefaults("chatbotkit-reader", isPooled: true);
        settings.Options += " -c default_transaction_read_only=on";
        // Npgsql would take the primary for read-only because of this option.
        if (settings.TargetSessionAttributes == "read-write")
            settings.TargetSessionAttributes = "primary";
        return Create(settings);
    }

    /// <summary>Creates a source of connections that are not pooled.</summary>
    public NpgsqlDataSource CreateUnpooled(string name) => Create(WithDefaults(name, isPooled: false));

    /// <summary>Creates a source of connections without limits of time, for a command that works on all rows.</summary>
    public NpgsqlDataSource CreateUnlimited(string name)
    {
        var settings = WithDefaults(name, isPooled: false);
        settings.CommandTimeout = 0;
        settings.Options += " -c statement_timeout=0 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=0";
        return Create(settings);
    }

    public override string ToString() => Name;

    private static NpgsqlDataSource Create(NpgsqlConnectionStringBuilder settings)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableTransportSecurity();
        builder.EnableArrays();
        // The built-in types have fixed ids, so they need not be loaded from the server.
        builder.ConfigureTypeLoading(static types => types.EnableTypeLoading(false));
        return builder.Build();
    }

    /// <summary>Returns the settings. A timeout or size that has Npgsql's default gets a default that suits the server.</summary>
    private NpgsqlConnectionStringBuilder WithDefaults(string name, bool isPooled)
    {
        var standard = new NpgsqlConnectionStringBuilder();
        var settings = new NpgsqlConnectionStringBuilder(_connectionString)
        {
            ApplicationName = name,
            Pooling = isPooled,
            Multiplexing = false,
            Enlist = false,
            NoResetOnClose = true,
            MaxAutoPrepare = 256,
            AutoPrepareMinUsages = 2,
            IncludeFailedBatchedCommand = true,
            IncludeErrorDetail = false,
            // After a timeout Npgsql would ask the database to cancel the statement, and would wait without a limit for the end of that
            // request when the database hangs. The database has its own limits.
            CancellationTimeout = -1,
        };
        settings.Timeout = settings.Timeout == standard.Timeout ? 5 : settings.Timeout;
        settings.CommandTimeout = settings.CommandTimeout == standard.CommandTimeout ? 15 : settings.CommandTimeout;
        settings.KeepAlive = settings.KeepAlive == standard.KeepAlive ? 10 : settings.KeepAlive;
        settings.MaxPoolSize = settings.MaxPoolSize == standard.MaxPoolSize ? Readers : settings.MaxPoolSize;
        // How long a server counts as a standby that was one. A lane connects so seldom that it can ask each time.
        settings.HostRecheckSeconds = settings.HostRecheckSeconds == standard.HostRecheckSeconds ? (isPooled ? 1 : 0) : settings.HostRecheckSeconds;
        settings.Options = $"{Limits} {settings.Options}".TrimEnd();
        return settings;
    }

    /// <summary>Returns a text with the first unknown keyword; empty when it may be part of a password.</summary>
    private static string Unknown(string text)
    {
        try
        {
            var given = new DbConnectionStringBuilder { ConnectionString = text };
            var known = new NpgsqlConnectionStringBuilder();
            var unknown = given.Keys.Cast<string>().FirstOrDefault(key => !known.ContainsKey(key));
            return unknown is not null && unknown.Length <= 30 && unknown.All(letter => char.IsAsciiLetter(letter) || letter == ' ')
                ? $": it has the unknown keyword '{unknown}'"
                : "";
        }
        catch (ArgumentException)
        {
            return "";
        }
    }
}
