using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Features.Server.Info;

/// <summary>Lists the settings of the server without secrets.</summary>
internal static class ServerSettings
{
    private const string Console = "CHATBOTKIT_CONSOLE";
    private const string Off = "off";

    /// <summary>The endings of the names of secrets. A connection string has a password in it.</summary>
    private static readonly string[] SecretEndings = ["_KEY", "_SECRET", "_PASSWORD", "_POSTGRES"];

    /// <summary>The parts of the server, each with the settings that switch it on.</summary>
    private static readonly (string Name, string[] Settings)[] Switches =
    [
        ("languageModel", ["OPENAI_API_KEY", "OPENAI_BASE_URL"]),
        ("embeddings", ["CHATBOTKIT_EMBEDDING_MODEL"]),
        ("reranking", ["CHATBOTKIT_RERANK_URL"]),
        ("webSearch", ["CHATBOTKIT_SEARCH_URL", "CHATBOTKIT_SEARCH_KEY"]),
        ("email", ["CHATBOTKIT_SMTP_URL"]),
        ("images", ["CHATBOTKIT_IMAGE_URL"]),
        ("siteHosts", ["CHATBOTKIT_SITES_HOST"]),
        ("telemetry", ["OTEL_EXPORTER_OTLP_ENDPOINT"]),
    ];

    public static List<ServerSetting> List(IConfiguration configuration) =>
    [
        .. SettingsTable.Rows.SelectMany(row => row.Names.Select(name => SettingOf(row, name.TrimStart('-'), configuration))),
    ];

    public static Dictionary<string, bool> Features(IConfiguration configuration)
    {
        var features = Switches.ToDictionary(one => one.Name, one => one.Settings.Any(name => IsSet(configuration, name)));
        features["console"] = !string.Equals(configuration[Console]?.Trim(), Off, StringComparison.OrdinalIgnoreCase);
        return features;
    }

    private static ServerSetting SettingOf(SettingRow row, string name, IConfiguration configuration) => new()
    {
        Name = name,
        IsSet = IsSet(configuration, name),
        Value = IsSet(configuration, name) && !IsSecret(name) ? WithoutUser(configuration[name]!) : null,
        Meaning = row.Meaning,
        Default = row.Default,
    };

    private static bool IsSet(IConfiguration configuration, string name) => !string.IsNullOrEmpty(configuration[name]);

    private static bool IsSecret(string name) => Array.Exists(SecretEndings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Removes user and query of an address, because both may hold a credential.</summary>
    private static string WithoutUser(string value) =>
        value.Contains("://", StringComparison.Ordinal) && !value.Contains(',', StringComparison.Ordinal)
        && Uri.TryCreate(value, UriKind.Absolute, out var url) && (url.UserInfo.Length > 0 || url.Query.Length > 0)
            ? new UriBuilder(url) { UserName = "", Password = "", Query = "" }.Uri.AbsoluteUri
            : value;
}
