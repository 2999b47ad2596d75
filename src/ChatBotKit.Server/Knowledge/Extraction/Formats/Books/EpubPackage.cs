using System.IO.Compression;
using System.Xml;

namespace ChatBotKit.Server.Knowledge;

/// <summary>The description of a book.</summary>
/// <param name="Title">The title; empty for a book without one.</param>
/// <param name="Chapters">The paths of the chapters, in the order of reading.</param>
/// <param name="Encrypted">The paths of encrypted files. Fonts often are, for other reasons than protection.</param>
internal sealed record EpubPackage(string Title, IReadOnlyList<string> Chapters, IReadOnlySet<string> Encrypted)
{
    private const string Container = "META-INF/container.xml";
    private const string Encryption = "META-INF/encryption.xml";

    public static EpubPackage Read(ZipArchive archive)
    {
        var path = ValuesOf(archive, Container, "rootfile", "full-path").FirstOrDefault();
        if (path is null || archive.GetEntry(path) is not { } entry)
            throw FileRefusedException.Damaged();
        using var xml = PackageXml.Open(entry.Open());
        var (title, items, spine) = ReadPackage(xml);
        return new EpubPackage(
            title,
            [.. spine.Where(items.ContainsKey).Select(id => Resolve(path, items[id])).Distinct(StringComparer.Ordinal)],
            ValuesOf(archive, Encryption, "CipherReference", "URI").Select(Uri.UnescapeDataString).ToHashSet(StringComparer.Ordinal));
    }

    private static (string Title, Dictionary<string, string> Items, List<string> Spine) ReadPackage(XmlReader xml)
    {
        var title = "";
        var items = new Dictionary<string, string>(StringComparer.Ordinal);
        var spine = new List<string>();
        var isTitle = false;
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                isTitle = xml is { LocalName: "title", IsEmptyElement: false } && title.Length == 0;
                if (xml.LocalName == "item" && xml.Attribute("id") is { } id && xml.Attribute("href") is { } href && IsPage(xml.Attribute("media-type")))
                    items[id] = href;
                else if (xml.LocalName == "itemref" && xml.Attribute("idref") is { } reference)
                    spine.Add(reference);
            }
            else if (isTitle && xml.IsText())
            {
                title = xml.Value.Trim();
            }
        }

        return (title, items, spine);
    }

    private static bool IsPage(string? type) => type is "application/xhtml+xml" or "text/html" or "text/x-oeb1-document";

    /// <summary>Returns the values of an attribute of all elements of a name; none if there is no such file.</summary>
    private static List<string> ValuesOf(ZipArchive archive, string path, string element, string attribute)
    {
        var values = new List<string>();
        if (archive.GetEntry(path) is not { } entry)
            return values;
        using var xml = PackageXml.Open(entry.Open());
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == element && xml.Attribute(attribute) is { } value)
                values.Add(value);
        }

        return values;
    }

    /// <summary>Returns the path in the archive of an address that is relative to a file. It can't leave the archive.</summary>
    private static string Resolve(string from, string address)
    {
        var root = new Uri("file:///");
        return Uri.TryCreate(new Uri(root, Uri.EscapeDataString(from).Replace("%2F", "/", StringComparison.Ordinal)), address, out var uri)
            ? Uri.UnescapeDataString(uri.AbsolutePath).TrimStart('/')
            : "";
    }
}
