namespace ChatBotKit.Cli.Backups;

/// <summary>Downloads a backup into a file. The file gets its name only after it is complete, verified and flushed to disk.</summary>
internal sealed class BackupDownload(ServerClient server, string path, bool overwrite)
{
    /// <exception cref="CliException">
    /// The file already exists or cannot be written, or the download is not a complete backup.
    /// </exception>
    /// <exception cref="ChatBotKitException">The server refused the request, or the connection broke.</exception>
    public async Task<BackupSummary> RunAsync(CancellationToken cancellationToken)
    {
        if (!overwrite && File.Exists(path))
            throw Exists();
        // The temporary file is in the same directory as the target, so that it can be renamed.
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

    private CliException Exists() => new($"{path} already exists. --overwrite replaces it.", ExitCodes.Usage);
}
