using System.Buffers;
using System.Runtime.CompilerServices;

namespace ChatBotKit.Server.Data;

/// <summary>
/// Stores each blob as a file of a directory. A file gets its name when its bytes are on the disk, so a file with the name of a blob is
/// complete.
/// </summary>
internal sealed class DirectoryBlobs(string directory) : IBlobStore
{
    /// <summary>The ending of the name of a file that is not complete.</summary>
    public const string PartSuffix = ".part";

    private const int BufferBytes = 64 * 1024;

    /// <summary>Creates the store of a data directory.</summary>
    public static DirectoryBlobs Of(DataDirectory directory) => new(directory.Combine("attachments"));

    public async Task<StoredBlob> PutAsync(string id, BlobContent content, CancellationToken cancellationToken)
    {
        CreateDirectory();
        var (path, part) = (PathOf(id), PathOf(id + PartSuffix));
        if (File.Exists(path))
            throw new DuplicateKeyException("A blob with this id exists already.");
        var file = File.Open(part, CreationOptions());
        try
        {
            StoredBlob blob;
            await using (file)
            {
                blob = await CopyAsync(id, content, file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path);
            part = path;
            DirectoryFlush.Flush(directory);
            return blob;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    public Task<Stream?> OpenAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(id), new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                BufferSize = 0,
            }));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        // Without the directory, no blob was ever stored.
        if (!Directory.Exists(directory))
            return Task.CompletedTask;
        foreach (var id in ids)
        {
            cancellationToken.ThrowIfCancellationRequested();
            File.Delete(PathOf(id));
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListAsync(
        DateTimeOffset createdBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (!Directory.Exists(directory))
            yield break;
        foreach (var file in new DirectoryInfo(directory).EnumerateFiles())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.LastWriteTimeUtc < createdBefore.UtcDateTime)
                yield return file.Name;
        }
    }

    private string PathOf(string id) => Path.Combine(directory, id);

    private static async Task<StoredBlob> CopyAsync(string id, BlobContent content, FileStream to, CancellationToken cancellationToken)
    {
        using var reader = new BlobReader(content);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            return reader.Finish(id);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static FileStreamOptions CreationOptions() => new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        Options = FileOptions.Asynchronous,
        BufferSize = 0,
    }.Protect();

    private void CreateDirectory()
    {
        if (Directory.Exists(directory))
            return;
        OwnerOnly.CreateDirectory(directory);
        DirectoryFlush.Flush(Path.GetDirectoryName(directory)!);
    }
}
