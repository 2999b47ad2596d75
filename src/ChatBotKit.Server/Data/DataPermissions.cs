using System.Runtime.Versioning;

namespace ChatBotKit.Server.Data;

/// <summary>Checks at each start whether other users of the machine have access to the server's data.</summary>
internal static class DataPermissions
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// Removes the access of other users to the database and the keys, and warns where that fails. It also warns of a directory in
    /// which other users may create files. Permissions of the group are left as the administrator has set them.
    /// </summary>
    public static void Check(DataDirectory directory, ILogger logger)
    {
        if (OperatingSystem.IsWindows())
            return;
        var mode = File.GetUnixFileMode(directory.Path);
        if (mode.HasFlag(UnixFileMode.OtherWrite))
        {
            logger.LogWarning(
                "Every user of this machine may write to the data directory {Directory}, and so replace its files. Revoke this permission: chmod o-w.",
                directory.Path);
        }

        // Without execute permission on the directory, other users cannot open anything in it.
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
            logger.LogWarning("Other users of this machine could open {Path}. Their access was removed.", path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("Other users of this machine can open {Path}. Revoke their access: chmod o-rwx. {Reason}", path, exception.Message);
        }
    }
}
