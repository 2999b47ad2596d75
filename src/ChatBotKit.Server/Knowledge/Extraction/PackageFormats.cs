using System.IO.Compression;
using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Recognizes the format of a ZIP file by its entries, and reads it.</summary>
internal static class PackageFormats
{
    private const string ContentTypes = "[Content_Types].xml";
    private const string MediaType = "mimetype";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    public static IEnumerable<TextBlock> Read(byte[] bytes)
    {
        var archive = PackageGuard.Open(bytes);
        if (archive.GetEntry(ContentTypes) is not null)
            return ReadOffice(archive, bytes);
        var type = TypeOf(archive);
        if (type.StartsWith(OpenDocument, StringComparison.Ordinal))
            return ReadOpenDocument(archive, type[OpenDocument.Length..]);
        if (type == "application/epub+zip" || archive.GetEntry("META-INF/container.xml") is not null)
            return EpubBlocks.Read(archive);
        throw Has(archive, "Index/")
            ? FileRefusedException.Unsupported("a Pages, Numbers or Keynote file", "Export it as PDF and upload that.")
            : FileRefusedException.Unsupported("an archive", "Unpack it and upload its files.");
    }

    private static IEnumerable<TextBlock> ReadOffice(ZipArchive archive, byte[] bytes)
    {
        if (Has(archive, "word/"))
            return WordBlocks.Read(bytes);
        if (Has(archive, "ppt/"))
            return SlideBlocks.Read(bytes);
        if (archive.GetEntry("xl/workbook.bin") is not null)
            throw FileRefusedException.Unsupported("a binary workbook (XLSB)", "Save it as XLSX and upload that.");
        if (Has(archive, "xl/"))
            return SheetBlocks.Read(bytes);
        throw FileRefusedException.Unsupported("of an office program, but no document, presentation or workbook", "Save it as PDF and upload that.");
    }

    private static IEnumerable<TextBlock> ReadOpenDocument(ZipArchive archive, string kind) => kind switch
    {
        "text" or "text-template" or "text-master" => OpenDocumentBlocks.Read(archive),
        "spreadsheet" or "spreadsheet-template" => throw FileRefusedException.Unsupported("an OpenDocument sheet (ODS)", "Save it as XLSX and upload that."),
        "presentation" or "presentation-template" =>
            throw FileRefusedException.Unsupported("an OpenDocument presentation (ODP)", "Save it as PPTX or PDF and upload that."),
        _ => throw FileRefusedException.Unsupported("an OpenDocument file that has no text", "Save it as PDF and upload that."),
    };

    private static bool Has(ZipArchive archive, string folder) =>
        archive.Entries.Any(entry => entry.FullName.StartsWith(folder, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the type that books and OpenDocument files name in a file of their own.</summary>
    private static string TypeOf(ZipArchive archive)
    {
        const int Longest = 100;
        if (archive.GetEntry(MediaType) is not { } entry)
            return "";
        using var stream = entry.Open();
        var bytes = new byte[Longest];
        return Encoding.ASCII.GetString(bytes, 0, stream.ReadAtLeast(bytes, Longest, throwOnEndOfStream: false)).Trim();
    }
}
