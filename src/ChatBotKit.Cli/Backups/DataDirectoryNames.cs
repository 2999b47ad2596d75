namespace ChatBotKit.Cli.Backups;

/// <summary>The names that the server gives to what it keeps in its data directory.</summary>
internal static class DataDirectoryNames
{
    public const string Database = "chatbotkit.db";

    /// <summary>Held by a server as long as it runs.</summary>
    public const string Lock = "lock";

    /// <summary>An empty file that tells the server that a database belongs here, so that it never makes a new one in its place.</summary>
    public const string Initialized = "initialized";
}
