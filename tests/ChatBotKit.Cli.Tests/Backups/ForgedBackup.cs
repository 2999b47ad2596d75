using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatBotKit.Cli.Backups;

namespace ChatBotKit.Cli.Tests.Backups;

/// <summary>Writes files that look like backups. By default they are complete.</summary>
internal sealed class ForgedBackup
{
    public List<TarEntry> Entries { get; } = [];

    public int Format { get; set; } = 1;

    /// <summary>The entries in the manifest; null for the actual ones.</summary>
    public IReadOnlyList<BackupEntry>? Told { get; set; }

    /// <summary>An entry after the manifest.</summary>
    public TarEntry? Last { get; set; }

    /// <summary>Bytes after the end of the archive.</summary>
    public byte[] Rest { get; set; } = [];

    public static TarEntry File(string name, string text = "text") =>
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    public static ForgedBackup WithDatabase() => new() { Entries = { File("chatbotkit.db") } };

    public ForgedBackup With(TarEntry entry)
    {
        Entries.Add(entry);
        return this;
    }

    public byte[] ToArray()
    {
        using var file = new MemoryStream();
        using (var tar = new TarWriter(file, TarEntryFormat.Pax, leaveOpen: true))
        {
            var told = Told ?? [.. Entries.Where(entry => entry.DataStream is not null).Select(Describe)];
            Entries.ForEach(tar.WriteEntry);
            tar.WriteEntry(File(BackupManifest.Name, JsonSerializer.Serialize(ManifestOf(told), BackupJsonContext.Default.BackupManifest)));
            if (Last is not null)
                tar.WriteEntry(Last);
        }

        file.Write(Rest);
        return Seal(file.ToArray());
    }

    /// <summary>Appends the line with which a backup ends.</summary>
    public static byte[] Seal(byte[] archive) =>
        [.. archive, .. Encoding.ASCII.GetBytes($"sha256:{Convert.ToHexStringLower(SHA256.HashData(archive))}\n")];

    private static BackupEntry Describe(TarEntry entry)
    {
        var bytes = ((MemoryStream)entry.DataStream!).ToArray();
        return new BackupEntry(entry.Name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private BackupManifest ManifestOf(IReadOnlyList<BackupEntry> entries) => new()
    {
        Format = Format,
        Server = "0.0.0",
        Schema = "schema",
        CreatedAt = 1,
        Conversations = 0,
        Messages = 0,
        Entries = entries,
        Missing = [],
    };
}
