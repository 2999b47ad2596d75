using System.Net.Sockets;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features;
using ChatBotKit.Server.Features.Sessions.Keys;
using ChatBotKit.Server.Features.Spaces.Sites;
using ChatBotKit.Server.Features.Widgets;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;

namespace ChatBotKit.Server.Hosting;

/// <summary>Starts servers. The server's own program uses it, and other programs and tests can host a server with it.</summary>
public static class ChatBotKitServer
{
    /// <summary>Defaults that the settings file and the environment override.</summary>
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
    };

    /// <summary>Starts a server. When the task completes, the server listens on the addresses in <c>Urls</c>.</summary>
    /// <param name="args">The command line, such as <c>--urls http://127.0.0.1:0</c> or <c>--CHATBOTKIT_DATA_DIR /srv/bot</c>.</param>
    /// <param name="configure">Changes services or settings after the server has registered its own; null for no change.</param>
    /// <param name="map">Maps additional routes; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the start.</param>
    /// <returns>The running server. Dispose it to stop it.</returns>
    public static async Task<WebApplication> StartAsync(
        string[] args,
        Action<WebApplicationBuilder>? configure = null,
        Action<WebApplication>? map = null,
        CancellationToken cancellationToken = default)
    {
        var app = Create(args, configure);
        map?.Invoke(app);
        try
        {
            // The order matters: all settings are checked before anything is changed, nothing may use the store before it is open,
            // and the configured token must be active before the server listens.
            StartupChecks.CheckServices(app.Services);
            await app.Services.OpenStoreAsync(cancellationToken);
            await app.Services.GetRequiredService<OwnerBootstrap>().PrepareAsync(cancellationToken);
            await app.Services.GetRequiredService<RunRecovery>().EndCutRunsAsync(cancellationToken);
            EndRunsOnShutdown(app);
            await ListenAsync(app, cancellationToken);
            await app.Services.GetRequiredService<OwnerBootstrap>().EnsureTokenAsync(cancellationToken);
            return app;
        }
        catch (StoreUnavailableException exception)
        {
            var refusal = Unusable(exception, app.Configuration);
            await app.DisposeAsync();
            throw refusal;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Returns the API token that the server created at its start because there was no valid one; null when it created none. The
    /// database has only its hash, so the token can't be shown again after a restart.
    /// </summary>
    public static string? NewApiSecret(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Services.GetRequiredService<OwnerBootstrap>().NewSecret;
    }

    private static StartupException Unusable(StoreUnavailableException failure, IConfiguration configuration)
    {
        var store = StoreOptions.From(configuration);
        if (store.Postgres is not null)
            return new StartupException($"{failure.Message} Check the PostgreSQL database '{store.Postgres.Name}'.", failure);
        var directory = Path.GetFullPath(store.DataDirectory);
        var advice = failure.IsDamage
            ? $"Restore it from a backup or from '{Path.Combine(directory, "snapshots")}'."
            : $"Check the data directory '{directory}'.";
        return new StartupException($"{failure.Message} {advice}", failure);
    }

    private static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure)
    {
        var builder = CreateBuilder(args);
        StartupChecks.CheckConfiguration(builder.Configuration);
        AddServices(builder);
        configure?.Invoke(builder);
        // The providers depend on the settings, which are complete only here.
        builder.Services.AddModelProviders(builder.Configuration);
        // The slim builder does not include HTTPS.
        builder.WebHost.UseKestrelHttpsConfiguration();
        ListenAddresses.UseDefault(builder);

        var app = builder.Build();
        UsePipeline(app);
        MapEndpoints(app);
        return app;
    }

    /// <summary>Creates a builder with the settings of the server only.</summary>
    /// <exception cref="StartupException">The command line or a settings file can't be read.</exception>
    internal static WebApplicationBuilder CreateBuilder(string[] args)
    {
        try
        {
            // Settings are read once. Watching their directory for changes would react to every write of a database below it.
            var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
            ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
            return builder;
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or ArgumentException or IOException)
        {
            throw new StartupException($"The settings can't be read: {exception.Message} {exception.InnerException?.Message}".TrimEnd(), exception);
        }
    }

    /// <exception cref="StartupException">
    /// The server can't listen on its addresses, although the check of the addresses succeeded.
    /// </exception>
    private static async Task ListenAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException or FormatException
            || exception.Source?.StartsWith("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal) == true)
        {
            throw new StartupException($"The server can't listen: {exception.Message} Choose other addresses with --urls.", exception);
        }
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        builder.AddTelemetry();
        builder.Logging.AddConsoleFormatter<LineLogFormatter, ConsoleFormatterOptions>();
        // Logging:Console:FormatterName selects another formatter.
        builder.Services.PostConfigure<ConsoleLoggerOptions>(options => options.FormatterName ??= LineLogFormatter.FormatterName);
        builder.Services
            .AddSingleton(provider => ProxyOptions.From(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton(TimeProvider.System)
            .AddStore()
            .AddApiHttp()
            .AddSecurity()
            .AddConversationEngine(builder.Configuration)
            .AddFeatures()
            .AddDueWork()
            .AddSpec()
            .AddConsole();
        // Streams end when the server stops. A request that ignores this is cut off before Ctrl+C seems to hang.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(4));
        builder.Services.AddOptions<KestrelServerOptions>().Configure<BodyOptions>((kestrel, options) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyLimit.OnTheWire(options.MaxBodyBytes);
        });
    }

    private static void UsePipeline(WebApplication app)
    {
        app.UseProxies(app.Services.GetRequiredService<ProxyOptions>());
        app.UseMiddleware<SiteHosts>();
        app.UseMiddleware<ShortPrefix>();
        app.UseMiddleware<AnswerHeaders>();
        app.UseMiddleware<ErrorMiddleware>();
        // From here on the route is known; all that follows depends on it.
        app.UseRouting();
        app.UseCorsForPages();
        app.UseMiddleware<ApiMiddleware>();
        app.UseMiddleware<AuthenticationMiddleware>();
    }

    private static void MapEndpoints(WebApplication app)
    {
        app.MapStartPage();
        app.MapWidget();
        app.MapChatPages();
        app.MapWidgetPictures();
        app.MapConsole();
        app.MapHealth();
        app.MapJwks();
        app.MapSpec();
        app.MapFeatures();
    }

    /// <summary>
    /// Ends runs before connections are closed at shutdown, so that readers get the end of the answer, and the part so far becomes
    /// a message.
    /// </summary>
    private static void EndRunsOnShutdown(WebApplication app)
    {
        var holder = app.Services.GetRequiredService<IConversationHolder>();
        var stateless = app.Services.GetRequiredService<StatelessRuns>();
        app.Lifetime.ApplicationStopping.Register(() =>
        {
            _ = holder.ShutDownAsync(CancellationToken.None);
            _ = stateless.ShutDownAsync();
        });
    }
}
