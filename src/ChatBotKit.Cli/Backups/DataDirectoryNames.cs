namespace ChatBotKit.Cli.Backups;

/// <summary>The names of the files and folders in the data directory of the server.</summary>
internal static class DataDirectoryNames
{
    public const string Database = "chatbotkit.db";

    /// <summary>Held by a server as long as it runs.</summary>
    public const string Lock = "lock";

    /// <summary>
    /// The name of an empty file that marks a data directory with a database. When the database is missing, the server
    /// refuses to create a new one.
    /// </summary>
    public const string Initialized = "initialized";
}
