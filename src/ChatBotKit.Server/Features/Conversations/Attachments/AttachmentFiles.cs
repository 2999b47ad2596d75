using System.Buffers;
using System.Security.Cryptography;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>The bytes of attachments: one file each in the data directory, under the attachment's id.</summary>
internal sealed class AttachmentFiles(StoreOptions store)
{
    private readonly string _directory = Path.Combine(store.DataDirectory, "attachments");

    public string PathOf(string attachmentId) => Path.Combine(_directory, attachmentId);

    /// <summary>
    /// Takes bytes in, up to the limit. They are nobody's until <see cref="ReceivedFile.Keep"/>, and gone when the
    /// returned object is disposed before.
    /// </summary>
    /// <exception cref="ApiException">More than <paramref name="limit"/> allows.</exception>
    public async Task<ReceivedFile> ReceiveAsync(Stream content, UploadLimit limit, CancellationToken cancellationToken)
    {
        CreateDirectory();
        var path = PathOf($"{Guid.NewGuid():N}.part");
        try
        {
            await using var file = File.Open(path, CreationOptions());
            var (size, hash) = await CopyAsync(content, file, limit, cancellationToken);
            file.Flush(flushToDisk: true);
            return new ReceivedFile(this, path, size, hash);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Opens a file for one reading from its beginning.</summary>
    public static Stream OpenRead(string path) => new FileStream(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.Read | FileShare.Delete,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        BufferSize = 0,
    });

    public void Delete(IEnumerable<string> attachmentIds)
    {
        // When the directory is not there, nothing was ever stored.
        if (!Directory.Exists(_directory))
            return;
        foreach (var id in attachmentIds)
            File.Delete(PathOf(id));
    }

    /// <summary>The names of files, whole or partly received, that were last written before the given moment.</summary>
    public IEnumerable<string> ListOlderThan(DateTimeOffset moment) =>
        Directory.Exists(_directory)
            ? new DirectoryInfo(_directory).EnumerateFiles().Where(file => file.LastWriteTimeUtc < moment.UtcDateTime).Select(file => file.Name)
            : [];

    public static ApiException TooLarge(long maxBytes) =>
        new(ErrorCode.ContentTooLarge, $"The file is too large: up to {maxBytes} bytes are taken");

    private static async Task<(long Size, byte[] Hash)> CopyAsync(
        Stream from, Stream to, UploadLimit limit, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var size = 0L;
            while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                size += read;
                if (size > limit.MaxBytes)
                    throw limit.Exceeded();
                hash.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return (size, hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static FileStreamOptions CreationOptions()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private void CreateDirectory()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_directory);
        else
            Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

/// <summary>Bytes that have arrived and are not yet an attachment's.</summary>
/// <param name="files">Where they go.</param>
/// <param name="path">Where they are.</param>
/// <param name="size">How many.</param>
/// <param name="hash">Their SHA-256.</param>
internal sealed class ReceivedFile(AttachmentFiles files, string path, long size, byte[] hash) : IDisposable
{
    public long Size => size;

    public byte[] Hash => hash;

    public Stream OpenRead() => AttachmentFiles.OpenRead(path);

    /// <summary>Makes them the attachment's.</summary>
    public void Keep(string attachmentId) => File.Move(path, files.PathOf(attachmentId), overwrite: true);

    /// <summary>Takes back <see cref="Keep"/>.</summary>
    public void Forget(string attachmentId) => files.Delete([attachmentId]);

    public void Dispose() => File.Delete(path);
}
