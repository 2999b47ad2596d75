using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Finds out the kind of a compound file, the container of the office programs before 2007, by the names of its streams.</summary>
internal static class OlderOfficeFormats
{
    private static ReadOnlySpan<byte> Start => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public static bool Is(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Start);

    public static IEnumerable<TextBlock> Read(byte[] bytes)
    {
        // Newer documents with a password are in a compound file too.
        if (HasStream(bytes, "EncryptedPackage"))
            throw FileRefusedException.Encrypted();
        if (HasStream(bytes, "WordDocument"))
            throw FileRefusedException.Unsupported("an older Word document (DOC)", "Save it as DOCX or PDF and upload that.");
        if (HasStream(bytes, "PowerPoint Document"))
            throw FileRefusedException.Unsupported("an older presentation (PPT)", "Save it as PPTX or PDF and upload that.");
        if (HasStream(bytes, "__properties_version1.0"))
            throw FileRefusedException.Unsupported("an Outlook message (MSG)", "Save it as EML or PDF and upload that.");
        if (HasStream(bytes, "Workbook") || HasStream(bytes, "Book"))
            return SheetBlocks.Read(bytes);
        throw FileRefusedException.Unsupported("of an older program, of a kind that is not known", "Save it as PDF and upload that.");
    }

    /// <summary>Whether there is a stream of this name. Names are in UTF-16 and end with zero.</summary>
    private static bool HasStream(byte[] bytes, string name) => bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes($"{name}\0")) >= 0;
}
