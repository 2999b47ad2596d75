using System.Xml;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Walks through the XML of a part of a document, one node after another and without recursion, however deep it is nested.</summary>
internal abstract class PartReader
{
    /// <summary>Visits the nodes, and returns after each.</summary>
    /// <param name="xml">The part.</param>
    protected IEnumerable<XmlNodeType> Walk(XmlReader xml)
    {
        xml.Read();
        while (!xml.EOF)
        {
            if (xml.NodeType == XmlNodeType.Element && Skips(xml))
            {
                xml.Skip();
                continue;
            }

            Visit(xml);
            yield return xml.NodeType;
            xml.Read();
        }
    }

    /// <summary>Whether an element is left out with everything in it.</summary>
    protected abstract bool Skips(XmlReader xml);

    protected abstract void Begin(string name, XmlReader xml);

    protected abstract void End(string name);

    protected abstract void Append(string text);

    private void Visit(XmlReader xml)
    {
        if (xml.NodeType == XmlNodeType.Element)
        {
            var (name, isEmpty) = (xml.LocalName, xml.IsEmptyElement);
            Begin(name, xml);
            if (isEmpty)
                End(name);
        }
        else if (xml.NodeType == XmlNodeType.EndElement)
        {
            End(xml.LocalName);
        }
        else if (xml.IsText())
        {
            Append(xml.Value);
        }
    }
}
