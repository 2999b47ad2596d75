namespace ChatBotKit.Cli.Datasets;

/// <summary>The files of a folder that are to be imported.</summary>
/// <param name="Root">The folder.</param>
/// <param name="Paths">The files, each with its whole path, in a fixed order.</param>
internal sealed record FolderFiles(string Root, IReadOnlyList<string> Paths)
{
    /// <exception cref="CliException">There is no such folder, or nothing in it fits.</exception>
    public static FolderFiles In(string folder, string pattern)
    {
        if (!Directory.Exists(folder))
            throw new CliException($"There is no folder {folder}.", ExitCodes.Usage);
        // Hidden files and those that can't be read are left out, as are links that lead elsewhere.
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        };
        var root = Path.GetFullPath(folder);
        var paths = Directory.EnumerateFiles(root, pattern, options).Order(StringComparer.Ordinal).ToList();
        return paths.Count > 0 ? new FolderFiles(root, paths) : throw new CliException($"No file in {folder} fits {pattern}.", ExitCodes.Usage);
    }

    /// <summary>The path within the folder, the same on every system.</summary>
    public string SourceOf(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');
}
