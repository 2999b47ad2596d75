using System.Data.Common;
using ChatBotKit.Server.Configuration;
using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>The database that a setting names. As a text it says where that is, and nothing of the password.</summary>
internal sealed class PostgresSettings
{
    public const string Setting = "CHATBOTKIT_POSTGRES";

    private const string Example = "Host=db.example;Database=chatbotkit;Username=chatbotkit;Password=…";

    // No statement of the server takes nearly as long, so what does has lost its way.
    private const string Limits = "-c statement_timeout=10000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=30000";

    private static readonly int Readers = Math.Clamp(Environment.ProcessorCount * 4, 8, 32);

    private readonly string _connectionString;

    private PostgresSettings(NpgsqlConnectionStringBuilder given)
    {
        _connectionString = given.ConnectionString;
        Name = $"{given.Database} on {given.Host}";
    }

    /// <summary>The database and its server.</summary>
    public string Name { get; }

    /// <returns>Null when the setting is absent.</returns>
    /// <exception cref="StartupException">It is no connection string.</exception>
    public static PostgresSettings? From(IConfiguration configuration) =>
        configuration[Setting] is { Length: > 0 } text ? Parse(text) : null;

    /// <exception cref="StartupException">The text is no connection string.</exception>
    public static PostgresSettings Parse(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal) && !text.Contains(';', StringComparison.Ordinal))
            throw new StartupException($"{Setting} is an address; it must be a connection string such as {Example}.");
        NpgsqlConnectionStringBuilder given;
        try
        {
            given = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // The cause may quote a part of the password, so it is neither told nor kept.
            throw new StartupException($"{Setting} is no connection string that can be read{Unknown(text)}. It must look like {Example}.");
        }

        if (string.IsNullOrEmpty(given.Host))
            throw new StartupException($"{Setting} names no Host. It must look like {Example}.");
        return string.IsNullOrEmpty(given.Database)
            ? throw new StartupException($"{Setting} names no Database. It must look like {Example}.")
            : new PostgresSettings(given);
    }

    /// <summary>Connections that are lent to one caller after another.</summary>
    public NpgsqlDataSource CreatePool() => Create(WithDefaults("chatbotkit", isPooled: true));

    /// <summary>The same for queries, on which nothing can be written.</summary>
    public NpgsqlDataSource CreateReadOnlyPool()
    {
        var settings = WithDefaults("chatbotkit-reader", isPooled: true);
        settings.Options += " -c default_transaction_read_only=on";
        return Create(settings);
    }

    /// <summary>Connections that their user keeps, and whose name the database knows.</summary>
    public NpgsqlDataSource CreateUnpooled(string name) => Create(WithDefaults(name, isPooled: false));

    public override string ToString() => Name;

    private static NpgsqlDataSource Create(NpgsqlConnectionStringBuilder settings)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableTransportSecurity();
        // The types that are used here are known to every server.
        builder.ConfigureTypeLoading(static types => types.EnableTypeLoading(false));
        return builder.Build();
    }

    /// <summary>What is not set, that is, has the default of the library, has one that fits a server.</summary>
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
        };
        settings.Timeout = settings.Timeout == standard.Timeout ? 5 : settings.Timeout;
        settings.CommandTimeout = settings.CommandTimeout == standard.CommandTimeout ? 15 : settings.CommandTimeout;
        settings.KeepAlive = settings.KeepAlive == standard.KeepAlive ? 10 : settings.KeepAlive;
        settings.MaxPoolSize = settings.MaxPoolSize == standard.MaxPoolSize ? Readers : settings.MaxPoolSize;
        settings.Options = $"{Limits} {settings.Options}".TrimEnd();
        return settings;
    }

    /// <summary>Names a keyword that is not known, if it surely is one.</summary>
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
