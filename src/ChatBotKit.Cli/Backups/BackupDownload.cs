namespace ChatBotKit.Cli.Backups;

/// <summary>Fetches a backup into a file. It has its name only once it is whole, checked and on the disk.</summary>
internal sealed class BackupDownload(ServerClient server, string path, bool overwrite)
{
    /// <exception cref="CliException">The file is there already or can't be written, or what has arrived is no whole backup.</exception>
    /// <exception cref="ChatBotKitException">The server refuses, or the connection broke.</exception>
    public async Task<BackupSummary> RunAsync(CancellationToken cancellationToken)
    {
        if (!overwrite && File.Exists(path))
            throw Exists();
        // Beside the target, so that it can be renamed.
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            await using (var file = OwnerOnlyFiles.Create(part))
            {
                await server.BackupAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            var summary = await new BackupFile(part, path).VerifyAsync(cancellationToken);
            Rename(part);
            return summary;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{path} can't be written: {exception.Message}");
        }
        finally
        {
            if (File.Exists(part))
                File.Delete(part);
        }
    }

    private void Rename(string part)
    {
        try
        {
            File.Move(part, path, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            throw Exists();
        }
    }

    private CliException Exists() => new($"{path} is there already. --overwrite replaces it.", ExitCodes.Usage);
}
