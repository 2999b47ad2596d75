using System.IO.Compression;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Opens a ZIP file after all of its entries were unpacked once without being kept. The bytes are counted, since the directory of a
/// hostile file does not tell the truth about sizes. So the readers of the formats need no limits of their own.
/// </summary>
internal static class PackageGuard
{
    private const int MaxEntries = 10_000;
    private const long MaxUnpacked = 200 * 1024 * 1024;

    /// <summary>How many times larger than the file its entries may be, if they are larger than <see cref="RatioFrom"/> together.</summary>
    private const int MaxRatio = 200;

    private const long RatioFrom = 10 * 1024 * 1024;

    /// <exception cref="FileRefusedException">The file is encrypted, or too large when it is unpacked.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static ZipArchive Open(byte[] bytes)
    {
        var archive = new ZipArchive(new MemoryStream(bytes, writable: false));
        if (archive.Entries.Count > MaxEntries)
            throw new FileRefusedException(FileRefusalCodes.TooComplex, $"The file consists of more than {MaxEntries:#,0} parts. Divide it.");
        var most = Math.Min(MaxUnpacked, Math.Max(RatioFrom, (long)bytes.Length * MaxRatio));
        var buffer = new byte[64 * 1024];
        var unpacked = 0L;
        foreach (var entry in archive.Entries)
        {
            if (entry.IsEncrypted)
                throw FileRefusedException.Encrypted();
            using var stream = entry.Open();
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                unpacked += read;
                if (unpacked > most)
                    throw new FileRefusedException(FileRefusalCodes.TooLarge, "The file becomes too large when it is unpacked. Divide it, or save it as PDF.");
            }
        }

        return archive;
    }
}
