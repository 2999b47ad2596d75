namespace ChatBotKit.Server.Knowledge;

/// <summary>Finds out the kind of a file, by its content first, and reads it.</summary>
internal static class FileFormats
{
    /// <summary>The first bytes of files that have no text, with their names.</summary>
    private static readonly (byte[] Start, string Name)[] Others =
    [
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a PNG image"), ([0xFF, 0xD8, 0xFF], "a JPEG image"), ("GIF8"u8.ToArray(), "a GIF image"),
        ("BM"u8.ToArray(), "a BMP image"), ([(byte)'I', (byte)'I', 0x2A, 0], "a TIFF image"), ([(byte)'M', (byte)'M', 0, 0x2A], "a TIFF image"),
        ("RIFF"u8.ToArray(), "a media file"), ("OggS"u8.ToArray(), "a media file"), ("ID3"u8.ToArray(), "a media file"),
        ([0x1A, 0x45, 0xDF, 0xA3], "a media file"), ([0x1F, 0x8B], "a compressed archive"), ("BZh"u8.ToArray(), "a compressed archive"),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X'], "a compressed archive"), ([(byte)'7', (byte)'z', 0xBC, 0xAF], "a compressed archive"),
        ("Rar!"u8.ToArray(), "a compressed archive"), ("MZ"u8.ToArray(), "a program"), ([0x7F, (byte)'E', (byte)'L', (byte)'F'], "a program"),
        ([0xCF, 0xFA, 0xED, 0xFE], "a program"), ([0xCA, 0xFE, 0xBA, 0xBE], "a program"), ("SQLite format 3"u8.ToArray(), "a database"),
    ];

    public static IEnumerable<TextBlock> Read(byte[] bytes, ExtractionRequest request)
    {
        ReadOnlySpan<byte> start = bytes.AsSpan(0, Math.Min(bytes.Length, 1024));
        if (bytes.Length == 0)
            throw new FileRefusedException(FileRefusalCodes.Empty, "The file is empty.");
        // A program may hold a PDF, but no PDF begins like a program.
        RefuseOthers(bytes);
        if (start.IndexOf("%PDF-"u8) >= 0)
            return PdfBlocks.Read(bytes);
        if (start.StartsWith("{\\rtf"u8))
            throw FileRefusedException.Unsupported("an RTF file", "Save it as DOCX or PDF and upload that.");
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8))
            return PackageFormats.Read(bytes);
        if (OlderOfficeFormats.Is(start))
            return OlderOfficeFormats.Read(bytes);
        return ReadText(bytes, request);
    }

    private static void RefuseOthers(byte[] bytes)
    {
        foreach (var (first, name) in Others)
        {
            if (bytes.AsSpan().StartsWith(first) && !LooksLikeText(bytes))
                throw new FileRefusedException(FileRefusalCodes.Unsupported, $"The file is {name}, which has no text that can be read.");
        }
    }

    private static IEnumerable<TextBlock> ReadText(byte[] bytes, ExtractionRequest request)
    {
        var type = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        var extension = Path.GetExtension(request.FileName ?? "").ToLowerInvariant();
        if (MailFormat.Is(bytes, type, extension))
            return MailBlocks.Read(bytes);
        if (!LooksLikeText(bytes))
            throw FileRefusedException.Unsupported("of a kind that is not known", "Save it as PDF and upload that.");
        var text = TextDecoding.Decode(bytes, request.ContentType);
        if (extension is ".md" or ".markdown" || type is "text/markdown" or "text/x-markdown")
            return MarkdownBlocks.Read(text);
        if (extension is ".html" or ".htm" or ".xhtml" || type is "text/html" or "application/xhtml+xml" || LooksLikeHtml(text))
            return HtmlBlocks.Read(text);
        if (extension is ".csv" or ".tsv" or ".tab" || type is "text/csv" or "application/csv" or "text/tab-separated-values")
            return CsvBlocks.Read(text);
        return PlainTextBlocks.Read(text);
    }

    private static bool LooksLikeHtml(string text)
    {
        var start = text.AsSpan(0, Math.Min(text.Length, 512)).TrimStart();
        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether the bytes may be text: with a byte order mark, in UTF-16, or without control characters.</summary>
    private static bool LooksLikeText(byte[] bytes) =>
        TextDecoding.HasMark(bytes) || TextDecoding.OfZeros(bytes) is not null
        || !bytes.AsSpan(0, Math.Min(bytes.Length, 8192)).ContainsAnyInRange<byte>(0, 8);
}
