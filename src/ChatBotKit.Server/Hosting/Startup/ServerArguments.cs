using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Hosting;

/// <summary>The task of the program.</summary>
internal enum ServerTask
{
    Serve,
    ShowHelp,
    ShowVersion,
    CheckHealth,
    MakeApiToken,
    CompactDatabase,
    CheckDatabase,
}

/// <summary>The parsed command line.</summary>
/// <param name="Task">The task.</param>
/// <param name="TokenName">The name of the API token to create.</param>
/// <param name="Settings">The arguments that are settings.</param>
internal sealed record ServerArguments(ServerTask Task, string TokenName, string[] Settings)
{
    public const string NewApiToken = "--new-api-token";
    public const string Health = "--health";
    public const string CompactDatabase = "--compact-database";
    public const string CheckDatabase = "--check-database";

    // Settings of the host that are not in the table.
    private static readonly string[] OfTheHost =
    [
        "urls", "http_ports", "https_ports", "environment", "contentRoot", "applicationName", "AllowedHosts",
        // Refused later, with a message of its own.
        "CHATBOTKIT_CLUSTER",
    ];

    /// <exception cref="StartupException">An argument is unknown or incomplete; the message names it.</exception>
    public static ServerArguments Parse(IReadOnlyList<string> arguments)
    {
        var (task, name, settings) = (ServerTask.Serve, "", new List<string>());
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            switch (argument)
            {
                case "--help" or "-h" or "-?" or "/?":
                    return new(ServerTask.ShowHelp, "", []);
                case "--version":
                    return new(ServerTask.ShowVersion, "", []);
                case Health:
                    task = ServerTask.CheckHealth;
                    break;
                case CompactDatabase:
                    task = ServerTask.CompactDatabase;
                    break;
                case CheckDatabase:
                    task = ServerTask.CheckDatabase;
                    break;
                case NewApiToken:
                    task = ServerTask.MakeApiToken;
                    name = ++index < arguments.Count && !arguments[index].StartsWith("--", StringComparison.Ordinal)
                        ? arguments[index]
                        : throw new StartupException($"{NewApiToken} needs a name, for example: {NewApiToken} backend");
                    break;
                default:
                    settings.Add(argument);
                    if (RequireSetting(argument).Length == 0)
                        settings.Add(++index < arguments.Count ? arguments[index] : throw new StartupException($"{argument} needs a value. --help lists the settings."));
                    break;
            }
        }

        return new(task, name, [.. settings]);
    }

    /// <returns>The value after the equals sign, including the sign; empty when the value is the next argument.</returns>
    private static string RequireSetting(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = (equals < 0 ? argument : argument[..equals]).TrimStart('-', '/');
        var isSetting = argument.StartsWith("--", StringComparison.Ordinal) || argument.StartsWith('/') || equals > 0;
        return isSetting && IsKnown(name)
            ? equals < 0 ? "" : argument[equals..]
            : throw new StartupException($"'{name}' is not a setting of this server. --help lists the settings.");
    }

    private static bool IsKnown(string name) =>
        name.Contains(':', StringComparison.Ordinal)
        || name.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase)
        || OfTheHost.Contains(name, StringComparer.OrdinalIgnoreCase)
        || SettingsTable.Names.Contains(name);
}
