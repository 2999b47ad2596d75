using System.Globalization;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Server.Backups;

/// <summary>
/// Creates backups of the running server, one at a time: the database as of one point in time, then the files that it refers to,
/// and the keys that decrypt it. Files and keys never change once they exist, so they can be read after the database.
/// </summary>
internal sealed class Backups(
    IStoreMaintenance store, BackupWorkspace workspace, SecurityOptions options, TimeProvider time, ILogger<Backups> logger)
{
    private int _isMaking;

    /// <exception cref="ApiException">409: another backup is in progress; 503: the database can't be copied.</exception>
    public async Task SendAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isMaking, 1) == 1)
            throw ApiException.Conflict("Another backup is being made; try again when it is done");
        try
        {
            await MakeAsync(context.Response, cancellationToken);
        }
        finally
        {
            Interlocked.Exchange(ref _isMaking, 0);
        }
    }

    private async Task MakeAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        try
        {
            var path = workspace.CreateFile();
            var createdAt = time.GetUtcNow();
            var snapshot = await CopyDatabaseAsync(path, cancellationToken);
            DescribeAnswer(response, createdAt);
            await WriteAsync(response.Body, path, snapshot, createdAt, cancellationToken);
        }
        finally
        {
            workspace.Clear();
        }
    }

    private async Task<StoreSnapshot> CopyDatabaseAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await store.TakeSnapshotAsync(path, cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            // Only the owner of the server gets this message, and can free space or use another disk.
            throw new ApiException(ErrorCode.ServiceUnavailable, exception.Message, inner: exception);
        }
    }

    private static void DescribeAnswer(HttpResponse response, DateTimeOffset createdAt)
    {
        var name = createdAt.ToString("'chatbotkit-'yyyyMMdd'T'HHmmss'Z.tar'", CultureInfo.InvariantCulture);
        response.ContentType = BackupEndpoints.ContentType;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        response.Headers.CacheControl = "no-store";
    }

    private async Task WriteAsync(
        Stream destination, string snapshotPath, StoreSnapshot snapshot, DateTimeOffset createdAt, CancellationToken cancellationToken)
    {
        var archive = new BackupArchive(destination, createdAt);
        var bytes = await archive.WriteAsync(
            FilesOf(snapshotPath, snapshot),
            () => new BackupManifest
            {
                Server = typeof(Backups).Assembly.GetName().Version!.ToString(3),
                Schema = snapshot.Schema,
                CreatedAt = createdAt.ToUnixTimeMilliseconds(),
                Conversations = snapshot.Conversations,
                Messages = snapshot.Messages,
                Entries = archive.Entries,
                Missing = archive.Missing,
            },
            cancellationToken);
        logger.LogInformation("Sent a backup: {Entries} files, {Bytes} bytes, {Missing} missing.", archive.Entries.Count, bytes, archive.Missing.Count);
    }

    private IEnumerable<(string Name, string Path)> FilesOf(string snapshotPath, StoreSnapshot snapshot)
    {
        yield return ("chatbotkit.db", snapshotPath);
        if (Directory.Exists(options.KeysDirectory))
        {
            foreach (var key in Directory.EnumerateFiles(options.KeysDirectory, "*.xml").Order(StringComparer.Ordinal))
                yield return ($"keys/{Path.GetFileName(key)}", key);
        }

        foreach (var id in snapshot.StoredFiles)
            yield return ($"attachments/{id}", Path.Combine(options.DataDirectory, "attachments", id));
    }
}
