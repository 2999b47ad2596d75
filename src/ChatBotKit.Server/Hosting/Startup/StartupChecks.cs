using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Conversations.Attachments;
using ChatBotKit.Server.Features.Digests.Idle;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Images;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Mail;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Searching;
using ChatBotKit.Server.Features.Spaces.Sites;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Hosting;

/// <summary>Checks all settings before the database is touched, so that a refused start changes nothing.</summary>
internal static class StartupChecks
{
    /// <summary>Checks the settings that need no services.</summary>
    /// <exception cref="StartupException">A setting is invalid; the message names it.</exception>
    public static void CheckConfiguration(IConfiguration configuration)
    {
        if (configuration[TelemetryOptions.Collector] is { Length: > 0 } collector && !IsWebAddress(collector))
            throw new StartupException($"{TelemetryOptions.Collector} must be an address such as http://127.0.0.1:4317.");
        CheckLogLevels(configuration.GetSection("Logging"));
        ConsoleEndpoints.IsOn(configuration);
        if (!"off".Equals(configuration["CHATBOTKIT_CLUSTER"], StringComparison.OrdinalIgnoreCase))
            RefuseUnserved(configuration, "CHATBOTKIT_CLUSTER");
    }

    /// <summary>Checks all other settings, and whether the server can listen.</summary>
    /// <exception cref="StartupException">A setting is invalid; the message names it.</exception>
    public static void CheckServices(IServiceProvider services)
    {
        // Each of these reads and checks its settings when it is created.
        services.GetRequiredService<SecurityOptions>();
        services.GetRequiredService<BodyOptions>();
        services.GetRequiredService<StoreOptions>();
        services.GetRequiredService<UploadOptions>();
        services.GetRequiredService<AttachmentOptions>();
        services.GetRequiredService<SiteOptions>();
        services.GetRequiredService<SmtpOptions>();
        services.GetRequiredService<IdleOptions>();
        services.GetRequiredService<ImageOptions>();
        services.GetRequiredService<ProxyOptions>();
        services.GetRequiredService<SearchOptions>();
        services.GetRequiredService<ModelRegistry>();
        ListenAddresses.Check(services.GetRequiredService<IConfiguration>());
    }

    private static void RefuseUnserved(IConfiguration configuration, string name)
    {
        if (configuration[name] is { Length: > 0 })
            throw new StartupException($"{name} is set, but this version runs in one process only. Remove the setting to start.");
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    private static void CheckLogLevels(IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            if (child.Key.Equals("LogLevel", StringComparison.OrdinalIgnoreCase))
                CheckLevels(child);
            else
                CheckLogLevels(child);
        }
    }

    private static void CheckLevels(IConfigurationSection levels)
    {
        foreach (var level in levels.GetChildren())
        {
            if (level.Value is { Length: > 0 } value && !Enum.TryParse<LogLevel>(value, ignoreCase: true, out _))
                throw new StartupException($"{level.Path} is '{value}'; it can be {string.Join(", ", Enum.GetNames<LogLevel>())}.");
        }
    }
}
