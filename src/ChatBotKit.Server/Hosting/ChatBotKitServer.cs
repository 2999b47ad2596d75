using System.Net.Sockets;
using ChatBotKit.Server.BackgroundWork;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features;
using ChatBotKit.Server.Features.Sessions.Keys;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;

namespace ChatBotKit.Server.Hosting;

/// <summary>The server as an object: a program runs it, and another program or a test can run it inside itself.</summary>
public static class ChatBotKitServer
{
    /// <summary>Defaults that the settings file and the environment override.</summary>
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
    };

    /// <summary>Starts a server: when the task completes it listens, and <c>Urls</c> says where.</summary>
    /// <param name="args">Command line such as <c>--urls http://127.0.0.1:0</c> or <c>--CHATBOTKIT_DATA_DIR /srv/bot</c>.</param>
    /// <param name="configure">Changes services or settings after the server's own were registered; null for none.</param>
    /// <param name="map">Maps routes besides the server's own; null for none.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <returns>The running server; it stops when it is disposed.</returns>
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
            // In this order: nothing is touched before all settings are known to be right, nothing may touch the store before it is
            // open, and nobody may knock before the configured token opens the door.
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
    /// The API token that a started server made because there was no owner yet. It can be shown now and never again;
    /// null when the server already had its owner.
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
            return new StartupException($"{failure.Message} Look after the PostgreSQL database '{store.Postgres.Name}'.", failure);
        var directory = Path.GetFullPath(store.DataDirectory);
        var advice = failure.IsDamage
            ? $"Restore it from a backup or from '{Path.Combine(directory, "snapshots")}'."
            : $"Look after the data directory '{directory}'.";
        return new StartupException($"{failure.Message} {advice}", failure);
    }

    private static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure)
    {
        var builder = CreateBuilder(args);
        StartupChecks.CheckConfiguration(builder.Configuration);
        AddServices(builder);
        configure?.Invoke(builder);
        // Which providers there are depends on the settings, and these are complete only now.
        builder.Services.AddModelProviders(builder.Configuration);
        // The slim builder leaves https out until it is asked for.
        builder.WebHost.UseKestrelHttpsConfiguration();
        ListenAddresses.UseDefault(builder);

        var app = builder.Build();
        UsePipeline(app);
        MapEndpoints(app);
        return app;
    }

    /// <summary>A builder with the settings of the server and nothing else.</summary>
    /// <exception cref="StartupException">The command line or a file of settings can't be read.</exception>
    internal static WebApplicationBuilder CreateBuilder(string[] args)
    {
        try
        {
            // Settings are read once. A watch on their folder would wake up at every write to a database that lies below it.
            var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
            ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
            return builder;
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or ArgumentException or IOException)
        {
            throw new StartupException($"The settings can't be read: {exception.Message} {exception.InnerException?.Message}".TrimEnd(), exception);
        }
    }

    /// <exception cref="StartupException">The addresses can't be listened on, although they looked as if.</exception>
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
        // Logging:Console:FormatterName chooses another form.
        builder.Services.PostConfigure<ConsoleLoggerOptions>(options => options.FormatterName ??= LineLogFormatter.FormatterName);
        builder.Services
            .AddSingleton(provider => ProxyOptions.From(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton(TimeProvider.System)
            .AddStore()
            .AddApiHttp()
            .AddSecurity()
            .AddConversationEngine()
            .AddFeatures()
            .AddBackgroundWork()
            .AddSpec();
        // Streams end when the server stops; whoever does not listen to that is cut before Ctrl+C feels stuck.
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
        app.UseMiddleware<ShortPrefix>();
        app.UseMiddleware<AnswerHeaders>();
        app.UseMiddleware<ErrorMiddleware>();
        // From here on the route is known, which decides about everything else.
        app.UseRouting();
        app.UseCorsForPages();
        app.UseMiddleware<ApiMiddleware>();
        app.UseMiddleware<AuthenticationMiddleware>();
    }

    private static void MapEndpoints(WebApplication app)
    {
        app.MapStartPage();
        app.MapHealth();
        app.MapJwks();
        app.MapSpec();
        app.MapFeatures();
    }

    /// <summary>
    /// Runs are ended before the connections are, so that whoever listens hears the end of the answer, and the part that
    /// there is becomes a message.
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
