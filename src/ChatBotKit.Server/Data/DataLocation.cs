using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Data;

/// <summary>Finds the data directory: the configured one or the default.</summary>
internal static class DataLocation
{
    public const string Setting = "CHATBOTKIT_DATA_DIR";

    private const string DirectoryName = "chatbotkit";

    /// <summary>
    /// Returns the absolute path of the data directory. It is the configured one. Without a setting it is <c>data</c> in the
    /// current directory or beside the started project, where an older version has left a database there. Otherwise it is a
    /// directory of the user, which does not depend on where the server is started.
    /// </summary>
    /// <exception cref="StartupException">No directory is configured, and the user has no directory for data.</exception>
    public static string Of(IConfiguration configuration) => Of(configuration, Environment.CurrentDirectory, AppContext.BaseDirectory);

    /// <param name="configuration">The settings.</param>
    /// <param name="current">The current directory.</param>
    /// <param name="program">The directory of the program.</param>
    public static string Of(IConfiguration configuration, string current, string program)
    {
        if (configuration[Setting] is { Length: > 0 } set)
            return Absolute(set);
        return Older(current, program).FirstOrDefault(HoldsDatabase) ?? OfUser();
    }

    private static IEnumerable<string> Older(string current, string program)
    {
        yield return Path.Combine(current, "data");
        // A program that was built but not published is in bin/<configuration>/<framework> of its project.
        var bin = new DirectoryInfo(Path.TrimEndingDirectorySeparator(program)).Parent?.Parent;
        if (bin is { Name: "bin", Parent: { } project })
            yield return Path.Combine(project.FullName, "data");
    }

    private static string OfUser()
    {
        // Not verified, because the directory may not exist yet: ~/.local/share on Linux, ~/Library/Application Support on macOS.
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.IsPathFullyQualified(data)
            ? Path.Combine(data, DirectoryName)
            : throw new StartupException($"This user has no directory for data. Set {Setting} to one.");
    }

    private static string Absolute(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw new StartupException($"{Setting} is not a valid path of a directory: {exception.Message}", exception);
        }
    }

    private static bool HoldsDatabase(string directory) => File.Exists(Path.Combine(directory, "chatbotkit.db"));
}
