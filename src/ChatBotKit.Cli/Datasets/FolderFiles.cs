namespace ChatBotKit.Cli.Datasets;

/// <summary>The files of a folder to import.</summary>
/// <param name="Root">The folder.</param>
/// <param name="Paths">The full paths of the files, in a fixed order.</param>
internal sealed record FolderFiles(string Root, IReadOnlyList<string> Paths)
{
    /// <exception cref="CliException">The folder does not exist, or no file in it matches.</exception>
    public static FolderFiles In(string folder, string pattern)
    {
        if (!Directory.Exists(folder))
            throw new CliException($"There is no folder {folder}.", ExitCodes.Usage);
        // Hidden files, unreadable files and links are skipped.
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        };
        var root = Path.GetFullPath(folder);
        var paths = Directory.EnumerateFiles(root, pattern, options).Order(StringComparer.Ordinal).ToList();
        return paths.Count > 0 ? new FolderFiles(root, paths) : throw new CliException($"No file in {folder} matches {pattern}.", ExitCodes.Usage);
    }

    /// <summary>Gets the path within the folder, with the same separators on every system.</summary>
    public string SourceOf(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');
}
