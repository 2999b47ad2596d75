using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Opens the parts of office documents as streams of XML. The library's own trees of elements are read in recursion, and take far more memory.</summary>
internal static class OfficeParts
{
    public static OpenSettings Settings { get; } = new() { AutoSave = false, MaxCharactersInPart = PackageXml.MaxCharacters };

    public static XmlReader OpenXml(this OpenXmlPart part) => PackageXml.Open(part.GetStream(FileMode.Open, FileAccess.Read));
}
