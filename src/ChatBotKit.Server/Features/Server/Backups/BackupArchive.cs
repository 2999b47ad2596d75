using System.Formats.Tar;
using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.Features.Server.Backups;

/// <summary>
/// Writes a backup: a tar archive whose last entry is the manifest, followed by a line with the SHA-256 of everything before it. So
/// a reader detects a truncated or changed file, whichever byte is affected.
/// </summary>
internal sealed class BackupArchive(Stream destination, DateTimeOffset createdAt)
{
    public const string ManifestName = "manifest.json";

    private readonly List<BackupEntry> _entries = [];
    private readonly List<string> _missing = [];

    public IReadOnlyList<BackupEntry> Entries => _entries;

    public IReadOnlyList<string> Missing => _missing;

    /// <param name="files">The entries in their order: the name in the archive, and the path of the file.</param>
    /// <param name="manifest">Creates the manifest after all entries were written.</param>
    /// <param name="cancellationToken">The token that cancels the writing.</param>
    /// <returns>The number of written bytes.</returns>
    public async Task<long> WriteAsync(
        IEnumerable<(string Name, string Path)> files, Func<BackupManifest> manifest, CancellationToken cancellationToken)
    {
        await using var digesting = new DigestingStream(destination);
        await using (var tar = new TarWriter(digesting, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (name, path) in files)
                await AddFileAsync(tar, name, path, cancellationToken);
            using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest(), BackupJsonContext.Default.BackupManifest));
            await AddAsync(tar, ManifestName, content, cancellationToken);
        }

        await digesting.WriteAsync(Encoding.ASCII.GetBytes($"sha256:{digesting.Digest()}\n"), cancellationToken);
        await digesting.FlushAsync(cancellationToken);
        return digesting.Written;
    }

    private async Task AddFileAsync(TarWriter tar, string name, string path, CancellationToken cancellationToken)
    {
        if (Open(path) is not { } file)
        {
            _missing.Add(name);
            return;
        }

        await using var content = new BackupEntryStream(file);
        await AddAsync(tar, name, content, cancellationToken);
        _entries.Add(new BackupEntry(name, content.Length, content.Digest()));
    }

    private async Task AddAsync(TarWriter tar, string name, Stream content, CancellationToken cancellationToken)
    {
        var entry = new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = content,
            Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            ModificationTime = createdAt,
        };
        await tar.WriteEntryAsync(entry, cancellationToken);
    }

    /// <summary>Opens a file; returns null when it does not exist. It may be deleted while it is being read.</summary>
    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
