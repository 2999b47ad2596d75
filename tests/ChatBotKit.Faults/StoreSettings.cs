using ChatBotKit.Server.Tests;

namespace ChatBotKit.Faults;

/// <summary>The settings of a server on a data directory, with its database on PostgreSQL.</summary>
internal static class StoreSettings
{
    public static async Task<Dictionary<string, string>> OfAsync(string directory)
    {
        var settings = new Dictionary<string, string> { ["CHATBOTKIT_DATA_DIR"] = directory };
        if (TestStore.IsPostgres)
            settings["CHATBOTKIT_POSTGRES"] = await TestStore.DatabaseOfAsync(directory);
        return settings;
    }

    public static async Task<IEnumerable<string>> ArgumentsOfAsync(string directory) =>
        (await OfAsync(directory)).Select(setting => $"--{setting.Key}={setting.Value}");

    /// <summary>Deletes the directory and its database.</summary>
    public static async Task DeleteAsync(string directory)
    {
        Directory.Delete(directory, recursive: true);
        await TestStore.DeleteDatabaseOfAsync(directory);
    }
}
