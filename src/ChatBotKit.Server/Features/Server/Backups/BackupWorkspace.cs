using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features.Server.Backups;

/// <summary>
/// Where the copy of the database lies while a backup is made. It goes away with the backup; what a killed process left
/// behind goes at the next start.
/// </summary>
internal sealed class BackupWorkspace(StoreOptions options, ILogger<BackupWorkspace> logger) : IHostedService
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _directory = Path.Combine(options.DataDirectory, "backup");

    /// <summary>An empty file that only the owner can read.</summary>
    public string CreateFile()
    {
        var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_directory);
        }
        else
        {
            Directory.CreateDirectory(_directory, OwnerOnly | UnixFileMode.UserExecute);
            file.UnixCreateMode = OwnerOnly;
        }

        var path = Path.Combine(_directory, "snapshot.db");
        new FileStream(path, file).Dispose();
        return path;
    }

    public void Clear()
    {
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            Clear();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(exception, "What an interrupted backup left in {Directory} could not be deleted.", _directory);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
