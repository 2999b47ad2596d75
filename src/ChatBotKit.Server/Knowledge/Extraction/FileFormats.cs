namespace ChatBotKit.Server.Knowledge;

/// <summary>Finds out the kind of a file, by its content first, and reads it.</summary>
internal static class FileFormats
{
    private const string Instead = "Save it as PDF or DOCX and upload that.";

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
        return PlainTextBlocks.Read(text);
    }

    private static FileRefusedException Unsupported(string kind) =>
        new(FileRefusalCodes.Unsupported, $"The file is {kind}, which can't be read. {Instead}");

    /// <summary>Whether the bytes may be text: of an encoding with a mark, or without control characters.</summary>
    private static bool LooksLikeText(byte[] bytes) =>
        TextDecoding.HasMark(bytes) || TextDecoding.OfZeros(bytes) is not null
        || !bytes.AsSpan(0, Math.Min(bytes.Length, 8192)).ContainsAnyInRange<byte>(0, 8);
}
