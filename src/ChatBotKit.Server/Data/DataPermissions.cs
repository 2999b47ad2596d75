using System.Runtime.Versioning;

namespace ChatBotKit.Server.Data;

/// <summary>Looks, at each start, whether other users of the machine can get at what the server keeps.</summary>
internal static class DataPermissions
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// Takes the database and the keys from other users, and warns where it can't, and of a directory in which they may put
    /// files. What a group may do is left as its administrator has set it.
    /// </summary>
    public static void Check(DataDirectory directory, ILogger logger)
    {
        if (OperatingSystem.IsWindows())
            return;
        var mode = File.GetUnixFileMode(directory.Path);
        if (mode.HasFlag(UnixFileMode.OtherWrite))
        {
            logger.LogWarning(
                "Every user of this machine may write to the data directory {Directory}, and so replace what is in it. Take that right away: chmod o-w.",
                directory.Path);
        }

        // Nobody gets at what lies in a directory that is closed.
        if (!mode.HasFlag(UnixFileMode.OtherExecute))
            return;
        var keys = directory.Combine("keys");
        foreach (var path in Directory.EnumerateFiles(directory.Path, "chatbotkit.db*"))
            Close(path, logger);
        if (Directory.Exists(keys))
            Close(keys, logger);
    }

    [UnsupportedOSPlatform("windows")]
    private static void Close(string path, ILogger logger)
    {
        var mode = File.GetUnixFileMode(path);
        if ((mode & Others) == 0)
            return;
        try
        {
            File.SetUnixFileMode(path, mode & ~Others);
            logger.LogWarning("Other users of this machine could open {Path}. They can't any more.", path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("Other users of this machine can open {Path}. Take that right away: chmod o-rwx. {Reason}", path, exception.Message);
        }
    }
}
