namespace ChatBotKit.Cli.Backups;

/// <summary>
/// Creates a data directory from a backup. Everything is written and checked in a directory beside it, which is renamed at the end.
/// So a server can never be started on an incomplete data directory.
/// </summary>
internal sealed class DataDirectoryRestore(string backup, string directory)
{
    private readonly string _directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));

    /// <exception cref="CliException">The directory is not empty or cannot be created, or the backup is not complete.</exception>
    public async Task<BackupSummary> RunAsync(CancellationToken cancellationToken)
    {
        RequireNothingThere();
        var part = $"{_directory}.{Guid.NewGuid():N}.part";
        try
        {
            OwnerOnlyFiles.CreateDirectory(part);
            var summary = await new BackupFile(backup, backup).ReadAsync(name => Create(part, name), cancellationToken);
            await OwnerOnlyFiles.Create(Path.Combine(part, DataDirectoryNames.Initialized)).DisposeAsync();
            // An existing empty directory is replaced. One that is no longer empty is not.
            if (Directory.Exists(_directory))
                Directory.Delete(_directory);
            Directory.Move(part, _directory);
            return summary;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(
                $"{_directory} can't be created: {exception.Message} The restore needs a directory that is empty or does not exist. If it is where a "
                + "volume is mounted, restore into a directory in it.");
        }
        finally
        {
            if (Directory.Exists(part))
                Directory.Delete(part, recursive: true);
        }
    }

    private static FileStream Create(string part, string name)
    {
        var path = Path.Combine(part, name);
        OwnerOnlyFiles.CreateDirectory(Path.GetDirectoryName(path)!);
        return OwnerOnlyFiles.Create(path);
    }

    private void RequireNothingThere()
    {
        if (File.Exists(_directory))
            throw new CliException($"{_directory} is a file.", ExitCodes.Usage);
        if (!Directory.Exists(_directory) || !Directory.EnumerateFileSystemEntries(_directory).Any())
            return;
        var what = IsHeld() ? "A server is running on" : "There is something in";
        throw new CliException(
            $"{what} {_directory}. A backup is restored into a directory that is empty or does not exist yet.", ExitCodes.Usage);
    }

    private bool IsHeld()
    {
        var path = Path.Combine(_directory, DataDirectoryNames.Lock);
        if (!File.Exists(path))
            return false;
        try
        {
            using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
