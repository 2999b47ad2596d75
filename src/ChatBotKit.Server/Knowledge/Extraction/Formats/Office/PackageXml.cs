using System.Xml;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads XML of untrusted files as a stream, without recursion, and without the entities that a document type declares.</summary>
internal static class PackageXml
{
    /// <summary>The limit of one part of a document.</summary>
    public const long MaxCharacters = 100 * 1024 * 1024;

    private static readonly XmlReaderSettings Settings = new()
    {
        CloseInput = true,
        // An entity of a document type that is ignored is not known, so a text that refers to one is refused.
        DtdProcessing = DtdProcessing.Ignore,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = MaxCharacters,
        XmlResolver = null,
    };

    public static XmlReader Open(Stream stream) => XmlReader.Create(stream, Settings);

    public static bool IsText(this XmlReader xml) =>
        xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace;

    /// <summary>Returns the value of an attribute by its local name, because the strict and the usual form of a format differ in namespaces.</summary>
    public static string? Attribute(this XmlReader xml, string localName)
    {
        string? value = null;
        while (value is null && xml.MoveToNextAttribute())
        {
            if (xml.LocalName == localName && xml.Prefix != "xmlns")
                value = xml.Value;
        }

        xml.MoveToElement();
        return value;
    }

    /// <summary>Whether an element that turns something on by its presence does so. Its value may turn it off.</summary>
    public static bool IsOn(this XmlReader xml) => xml.Attribute("val") is not ("0" or "false" or "off" or "none");
}
