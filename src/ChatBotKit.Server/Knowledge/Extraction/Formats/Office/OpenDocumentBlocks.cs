using System.IO.Compression;
using System.Xml;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads texts of the OpenDocument format (ODT).</summary>
internal static class OpenDocumentBlocks
{
    private const string Content = "content.xml";
    private const string Manifest = "META-INF/manifest.xml";

    public static IEnumerable<TextBlock> Read(ZipArchive archive)
    {
        if (IsEncrypted(archive))
            throw FileRefusedException.Encrypted();
        if (archive.GetEntry(Content) is not { } content)
            throw FileRefusedException.Damaged();
        using var xml = PackageXml.Open(content.Open());
        foreach (var block in new OpenDocumentText().Read(xml))
            yield return block;
    }

    private static bool IsEncrypted(ZipArchive archive)
    {
        if (archive.GetEntry(Manifest) is not { } manifest)
            return false;
        using var xml = PackageXml.Open(manifest.Open());
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "encryption-data" })
                return true;
        }

        return false;
    }
}
