using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features.Server.Backups;

/// <summary>
/// The directory for the copy of the database during a backup. The copy is deleted with the backup; one that a killed process left
/// behind is deleted at the next start.
/// </summary>
internal sealed class BackupWorkspace(StoreOptions options, ILogger<BackupWorkspace> logger) : IHostedService
{
    private readonly string _directory = Path.Combine(options.DataDirectory, "backup");

    /// <summary>Creates an empty file that only the owner can read.</summary>
    public string CreateFile()
    {
        OwnerOnly.CreateDirectory(_directory);
        var path = Path.Combine(_directory, "snapshot.db");
        new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write }.Protect()).Dispose();
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
            logger.LogWarning(exception, "The files of an interrupted backup in {Directory} could not be deleted.", _directory);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
