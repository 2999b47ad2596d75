namespace ChatBotKit.Server.Knowledge;

/// <summary>Finds out the kind of a file, by its content first, and reads it.</summary>
internal static class FileFormats
{
    private const string Instead = "Save it as PDF and upload that.";

    private static ReadOnlySpan<byte> OfficeOf1997 => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>The first bytes of files that have no text, with their names.</summary>
    private static readonly (byte[] Start, string Name)[] Others =
    [
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a PNG image"), ([0xFF, 0xD8, 0xFF], "a JPEG image"), ("GIF8"u8.ToArray(), "a GIF image"),
        ("RIFF"u8.ToArray(), "a media file"), ("OggS"u8.ToArray(), "a media file"), ("ID3"u8.ToArray(), "a media file"),
        ([0x1F, 0x8B], "a compressed archive"), ([(byte)'7', (byte)'z', 0xBC, 0xAF], "a compressed archive"), ("Rar!"u8.ToArray(), "a compressed archive"),
        ("MZ"u8.ToArray(), "a program"), ([0x7F, (byte)'E', (byte)'L', (byte)'F'], "a program"),
    ];

    public static IEnumerable<TextBlock> Read(byte[] bytes, ExtractionRequest request)
    {
        ReadOnlySpan<byte> start = bytes.AsSpan(0, Math.Min(bytes.Length, 1024));
        if (bytes.Length == 0)
            throw new FileRefusedException(FileRefusalCodes.Empty, "The file is empty.");
        if (start.IndexOf("%PDF-"u8) >= 0)
            return PdfBlocks.Read(bytes);
        if (start.StartsWith("{\\rtf"u8))
            throw Unsupported("an RTF file");
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8))
            throw Unsupported("an archive, or a file of an office program");
        if (start.StartsWith(OfficeOf1997))
            throw Unsupported("a file of an older office program");
        foreach (var (first, name) in Others)
        {
            if (start.StartsWith(first) && (first.Length > 2 || !LooksLikeText(bytes)))
                throw new FileRefusedException(FileRefusalCodes.Unsupported, $"The file is {name}, which has no text that can be read.");
        }

        return ReadText(bytes, request);
    }

    private static IEnumerable<TextBlock> ReadText(byte[] bytes, ExtractionRequest request)
    {
        if (!LooksLikeText(bytes))
            throw Unsupported("of a kind that is not known");
        var text = TextDecoding.Decode(bytes, request.ContentType);
        var type = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        var extension = Path.GetExtension(request.FileName ?? "").ToLowerInvariant();
        if (extension is ".md" or ".markdown" || type is "text/markdown" or "text/x-markdown")
            return MarkdownBlocks.Read(text);
        if (extension is ".html" or ".htm" or ".xhtml" || type is "text/html" or "application/xhtml+xml" || LooksLikeHtml(text))
            return HtmlBlocks.Read(text);
        return PlainTextBlocks.Read(text);
    }

    private static bool LooksLikeHtml(string text)
    {
        var start = text.AsSpan(0, Math.Min(text.Length, 512)).TrimStart();
        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    private static FileRefusedException Unsupported(string kind) =>
        new(FileRefusalCodes.Unsupported, $"The file is {kind}, which can't be read. {Instead}");

    /// <summary>Whether the bytes may be text: with a byte order mark, in UTF-16, or without control characters.</summary>
    private static bool LooksLikeText(byte[] bytes) =>
        TextDecoding.HasMark(bytes) || TextDecoding.OfZeros(bytes) is not null
        || !bytes.AsSpan(0, Math.Min(bytes.Length, 8192)).ContainsAnyInRange<byte>(0, 8);
}
