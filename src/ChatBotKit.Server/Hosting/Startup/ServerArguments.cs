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
    Move,
}

/// <summary>The parsed command line.</summary>
/// <param name="Task">The task.</param>
/// <param name="Value">The argument of the task: the name of the API token to create, or the database to move to.</param>
/// <param name="Settings">The arguments that are settings.</param>
internal sealed record ServerArguments(ServerTask Task, string Value, string[] Settings)
{
    public const string NewApiToken = "--new-api-token";
    public const string Health = "--health";
    public const string CompactDatabase = "--compact-database";
    public const string CheckDatabase = "--check-database";
    public const string MigrateTo = "--migrate-to";
    public const string DryRun = "--dry-run";
    public const string Undo = "--undo";
    public const string AcceptBrokenAudit = "--accept-broken-audit";
    public const string AcceptMissingFiles = "--accept-missing-files";

    // Settings of the host that are not in the table.
    private static readonly string[] OfTheHost =
    [
        "urls", "http_ports", "https_ports", "environment", "contentRoot", "applicationName", "AllowedHosts",
        // Refused later, with a message of its own.
        "CHATBOTKIT_CLUSTER",
    ];

    private static readonly Dictionary<string, ServerTask> TasksWithoutValue = new()
    {
        [Health] = ServerTask.CheckHealth,
        [CompactDatabase] = ServerTask.CompactDatabase,
        [CheckDatabase] = ServerTask.CheckDatabase,
    };

    /// <summary>The options of a move.</summary>
    public IReadOnlyList<string> Options { get; private init; } = [];

    /// <exception cref="StartupException">An argument is unknown or incomplete; the message names it.</exception>
    public static ServerArguments Parse(IReadOnlyList<string> arguments)
    {
        var (task, value, settings, options) = (ServerTask.Serve, "", new List<string>(), new List<string>());
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            switch (argument)
            {
                case "--help" or "-h" or "-?" or "/?":
                    return new(ServerTask.ShowHelp, "", []);
                case "--version":
                    return new(ServerTask.ShowVersion, "", []);
                case Health or CompactDatabase or CheckDatabase:
                    task = TasksWithoutValue[argument];
                    break;
                case DryRun or Undo or AcceptBrokenAudit or AcceptMissingFiles:
                    options.Add(argument);
                    break;
                case MigrateTo:
                    (task, value) = (ServerTask.Move, ValueAfter(arguments, ref index, "a connection string", "Host=db.example;Database=chatbotkit;Username=chatbotkit"));
                    break;
                case NewApiToken:
                    (task, value) = (ServerTask.MakeApiToken, ValueAfter(arguments, ref index, "a name", "backend"));
                    break;
                default:
                    settings.Add(argument);
                    if (RequireSetting(argument).Length == 0)
                        settings.Add(++index < arguments.Count ? arguments[index] : throw new StartupException($"{argument} needs a value. --help lists the settings."));
                    break;
            }
        }

        return options.Count == 0 || task == ServerTask.Move
            ? new(task, value, [.. settings]) { Options = options }
            : throw new StartupException($"{options[0]} belongs to {MigrateTo}.");
    }

    private static string ValueAfter(IReadOnlyList<string> arguments, ref int index, string what, string example)
    {
        var name = arguments[index];
        return ++index < arguments.Count && !arguments[index].StartsWith("--", StringComparison.Ordinal)
            ? arguments[index]
            : throw new StartupException($"{name} needs {what}, for example: {name} {example}");
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
