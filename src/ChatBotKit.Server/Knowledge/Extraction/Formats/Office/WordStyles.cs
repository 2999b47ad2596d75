using System.Globalization;
using System.Xml;

namespace ChatBotKit.Server.Knowledge;

/// <summary>A style of paragraphs.</summary>
/// <param name="Level">The level of a heading; 0 for a paragraph, null where the style does not say.</param>
/// <param name="IsItem">Whether its paragraphs are items of lists.</param>
/// <param name="Base">The style from which it inherits.</param>
internal sealed record WordStyle(int? Level = null, bool IsItem = false, string? Base = null);

/// <summary>The styles of a Word document, from which follow its headings and lists.</summary>
internal sealed class WordStyles
{
    private const int MaxLevel = 9;

    /// <summary>The number of styles that one may be based on; in a damaged file they are a circle.</summary>
    private const int MaxBases = 20;

    private readonly Dictionary<string, WordStyle> _styles = new(StringComparer.Ordinal);

    /// <summary>Returns the level and the list that a style gives to its paragraphs.</summary>
    public (int Level, bool IsItem) Find(string? style)
    {
        var isItem = false;
        for (var i = 0; i < MaxBases && style is not null && _styles.TryGetValue(style, out var found); i++)
        {
            isItem |= found.IsItem;
            if (found.Level is { } level)
                return (level, isItem);
            style = found.Base;
        }

        return (0, isItem);
    }

    /// <summary>Returns the level for the value of <c>w:outlineLvl</c>, which counts from 0; 9 is a paragraph.</summary>
    public static int LevelOfOutline(string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level < MaxLevel ? level + 1 : 0;

    public static WordStyles Read(XmlReader xml)
    {
        var styles = new WordStyles();
        string? id = null;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "style")
            {
                id = xml.Attribute("styleId");
                if (id is not null)
                    styles._styles[id] = new WordStyle();
            }
            else if (id is not null)
            {
                styles.ReadProperty(id, xml);
            }
        }

        return styles;
    }

    private void ReadProperty(string id, XmlReader xml)
    {
        var style = _styles[id];
        _styles[id] = xml.LocalName switch
        {
            "name" => style with { Level = LevelOfName(xml.Attribute("val")) ?? style.Level },
            "basedOn" => style with { Base = xml.Attribute("val") },
            "numId" => style with { IsItem = xml.Attribute("val") != "0" },
            "outlineLvl" => style with { Level = style.Level ?? LevelOfOutline(xml.Attribute("val")) },
            _ => style,
        };
    }

    /// <summary>Returns the level of a built-in style. Its name is English in documents of every language.</summary>
    private static int? LevelOfName(string? name)
    {
        const string Heading = "heading ";
        if (name is null)
            return null;
        if (name.Equals("title", StringComparison.OrdinalIgnoreCase))
            return 1;
        return name.StartsWith(Heading, StringComparison.OrdinalIgnoreCase)
            && int.TryParse(name.AsSpan(Heading.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level is >= 1 and <= MaxLevel
            ? level
            : null;
    }
}
