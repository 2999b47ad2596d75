using System.Buffers;
using System.Security.Cryptography;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>The bytes of attachments: one file per attachment in the data directory, named after its id.</summary>
internal sealed class AttachmentFiles(StoreOptions store)
{
    private readonly string _directory = Path.Combine(store.DataDirectory, "attachments");

    public string PathOf(string attachmentId) => Path.Combine(_directory, attachmentId);

    /// <summary>
    /// Receives a file, up to the limit. It belongs to no attachment until <see cref="ReceivedFile.Keep"/>, and is deleted if the
    /// returned object is disposed before.
    /// </summary>
    /// <exception cref="ApiException">The file is larger than <paramref name="limit"/>.</exception>
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

    /// <summary>Opens a file for one sequential read.</summary>
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
        // Without the directory, no file was ever stored.
        if (!Directory.Exists(_directory))
            return;
        foreach (var id in attachmentIds)
            File.Delete(PathOf(id));
    }

    /// <summary>Lists the names of files, complete or partly received, that were last written before the given time.</summary>
    public IEnumerable<string> ListOlderThan(DateTimeOffset moment) =>
        Directory.Exists(_directory)
            ? new DirectoryInfo(_directory).EnumerateFiles().Where(file => file.LastWriteTimeUtc < moment.UtcDateTime).Select(file => file.Name)
            : [];

    public static ApiException TooLarge(long maxBytes) =>
        new(ErrorCode.ContentTooLarge, $"The file is too large: at most {maxBytes} bytes are accepted");

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

/// <summary>A received file that does not belong to an attachment yet.</summary>
/// <param name="files">The files of attachments.</param>
/// <param name="path">The path of the received file.</param>
/// <param name="size">The size in bytes.</param>
/// <param name="hash">The SHA-256 of the content.</param>
internal sealed class ReceivedFile(AttachmentFiles files, string path, long size, byte[] hash) : IDisposable
{
    public long Size => size;

    public byte[] Hash => hash;

    public Stream OpenRead() => AttachmentFiles.OpenRead(path);

    /// <summary>Moves the file to the attachment.</summary>
    public void Keep(string attachmentId) => File.Move(path, files.PathOf(attachmentId), overwrite: true);

    /// <summary>Reverts <see cref="Keep"/>.</summary>
    public void Forget(string attachmentId) => files.Delete([attachmentId]);

    public void Dispose() => File.Delete(path);
}
