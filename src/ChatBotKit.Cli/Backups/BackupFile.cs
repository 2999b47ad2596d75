using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatBotKit.Cli.Backups;

/// <summary>
/// A backup file. Nothing in it is trusted: the hash of the whole file, and the name and the hash of each entry are
/// verified.
/// </summary>
/// <param name="path">The path.</param>
/// <param name="name">The name in messages.</param>
internal sealed partial class BackupFile(string path, string name)
{
    private const int MaxManifestBytes = 256 * 1024 * 1024;

    /// <summary>Verifies the whole file.</summary>
    /// <exception cref="CliException">The file cannot be read, is cut off or damaged, or has content that no backup has.</exception>
    public async Task<BackupSummary> VerifyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(_ => Stream.Null, cancellationToken);
        }
        catch (IOException exception)
        {
            throw Unreadable(exception);
        }
    }

    /// <summary>Verifies the whole file and writes its entries. They are valid only after the task has completed.</summary>
    /// <param name="create">Opens the stream that an entry of this name is written to.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <exception cref="CliException">The file cannot be read, is cut off or damaged, or has content that no backup has.</exception>
    public async Task<BackupSummary> ReadAsync(Func<string, Stream> create, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = Open();
            var sha256 = await BackupSeal.CheckAsync(file, name, cancellationToken);
            file.Position = 0;
            var manifest = await ReadEntriesAsync(file, create, cancellationToken);
            await RequireEndAsync(file, cancellationToken);
            return new BackupSummary(manifest, name, file.Length, sha256);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException or JsonException or ArgumentException)
        {
            throw Damaged(exception.Message);
        }
    }

    private FileStream Open()
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(exception);
        }
    }

    private async Task<BackupManifest> ReadEntriesAsync(FileStream file, Func<string, Stream> create, CancellationToken cancellationToken)
    {
        await using var tar = new TarReader(file, leaveOpen: true);
        var found = new Dictionary<string, BackupEntry>(StringComparer.Ordinal);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType != TarEntryType.RegularFile)
                throw Damaged($"the entry \"{entry.Name}\" is no file");
            if (entry.Name == BackupManifest.Name)
                return await CheckManifestAsync(tar, entry, found, cancellationToken);
            if (!KnownName().IsMatch(entry.Name) || found.ContainsKey(entry.Name))
                throw Damaged($"an entry has the name \"{entry.Name}\", which no backup has");
            await using var target = create(entry.Name);
            found.Add(entry.Name, await CopyAsync(entry, target, cancellationToken));
        }

        throw Damaged("it has no manifest");
    }

    private static async Task<BackupEntry> CopyAsync(TarEntry entry, Stream target, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        var size = 0L;
        while (entry.DataStream is { } data && await data.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            digest.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            size += read;
        }

        // A file must be flushed to disk before it is renamed.
        if (target is FileStream file)
            file.Flush(flushToDisk: true);
        return new BackupEntry(entry.Name, size, Convert.ToHexStringLower(digest.GetHashAndReset()));
    }

    private async Task<BackupManifest> CheckManifestAsync(
        TarReader tar, TarEntry entry, Dictionary<string, BackupEntry> found, CancellationToken cancellationToken)
    {
        if (entry.DataStream is not { } data || entry.Length > MaxManifestBytes)
            throw Damaged("its manifest can't be read");
        var manifest = await JsonSerializer.DeserializeAsync(data, BackupJsonContext.Default.BackupManifest, cancellationToken)
            ?? throw Damaged("its manifest is empty");
        if (manifest.Format > BackupManifest.KnownFormat)
            throw new CliException($"{name} has the format {manifest.Format}, which needs a newer cbk.");
        if (manifest.Entries.FirstOrDefault(wanted => !found.Remove(wanted.Name, out var there) || there != wanted) is { } other)
            throw Damaged($"\"{other.Name}\" is missing or was changed");
        if (found.Count > 0)
            throw Damaged($"\"{found.First().Key}\" is not in its manifest");
        if (manifest.Entries.All(one => one.Name != DataDirectoryNames.Database))
            throw Damaged("it has no database");
        if (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } more)
            throw Damaged($"\"{more.Name}\" is behind its manifest");
        return manifest;
    }

    /// <summary>
    /// Checks that only the zeros that end an archive follow the last entry, because other programs may read past them.
    /// </summary>
    private async Task RequireEndAsync(FileStream file, CancellationToken cancellationToken)
    {
        var rest = new byte[Math.Max(0, file.Length - BackupSeal.Length - file.Position)];
        if (rest.Length > 1024)
            throw Damaged("something was added to it");
        await file.ReadExactlyAsync(rest, cancellationToken);
        if (rest.AsSpan().ContainsAnyExcept((byte)0))
            throw Damaged("something was added to it");
    }

    private CliException Unreadable(Exception exception) => new($"{name} can't be read: {exception.Message}", ExitCodes.Usage);

    private CliException Damaged(string how) => new($"{name} is damaged: {how.TrimEnd('.')}.");

    [GeneratedRegex(@"^(chatbotkit\.db|keys/[A-Za-z0-9_-]{1,128}\.xml|attachments/[a-z0-9]{1,64})\z")]
    private static partial Regex KnownName();
}

/// <summary>A backup that was verified.</summary>
/// <param name="Manifest">The manifest of the backup.</param>
/// <param name="Name">The name.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Sha256">The hash of the file, in lowercase hexadecimal digits.</param>
internal sealed record BackupSummary(BackupManifest Manifest, string Name, long Size, string Sha256);
