namespace ChatBotKit.Server.Data;

/// <summary>Creates directories and files that only the server's own user can open. On Windows the parent directory decides.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode ForFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a directory, unless it exists.</summary>
    public static DirectoryInfo CreateDirectory(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, ForFiles | UnixFileMode.UserExecute);

    /// <summary>Sets the permissions of a file that is created with the options.</summary>
    public static FileStreamOptions Protect(this FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = ForFiles;
        return options;
    }
}
