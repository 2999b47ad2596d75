using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Reads the text of a web page: of its main part if it has one, and without navigation, scripts and what is hidden. The page is walked
/// without recursion, because its elements can be nested without a limit.
/// </summary>
internal static class HtmlBlocks
{
    private static readonly HashSet<string> Skipped = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "template", "noscript", "nav", "footer", "aside", "svg", "iframe", "object", "select", "button", "textarea", "head",
    };

    public static IEnumerable<TextBlock> Read(string html)
    {
        HtmlDepth.Check(html);
        using var document = new HtmlParser().ParseDocument(html);
        INode? root = document.QuerySelector("main") ?? document.QuerySelector("[role=main]") ?? document.Body;
        if (root is null)
            return [];
        var page = new HtmlText();
        for (var node = root; node is not null; node = Next(node, root, page))
            Enter(node, page);
        page.End();
        return page.Blocks;
    }

    private static void Enter(INode node, HtmlText page)
    {
        if (node is IText text)
            page.Append(text.Data);
        else if (node is IElement element && !IsSkipped(element))
            page.Begin(element.LocalName);
    }

    /// <summary>Returns the node after this one in the order of the page, and ends the elements that end before it.</summary>
    private static INode? Next(INode node, INode root, HtmlText page)
    {
        if (node.FirstChild is { } child && !(node is IElement element && IsSkipped(element)))
            return child;
        while (true)
        {
            if (node is IElement ended && !IsSkipped(ended))
                page.End(ended.LocalName);
            if (node == root)
                return null;
            if (node.NextSibling is { } sibling)
                return sibling;
            node = node.Parent!;
        }
    }

    private static bool IsSkipped(IElement element) =>
        Skipped.Contains(element.LocalName)
        || element.HasAttribute("hidden")
        || element.GetAttribute("aria-hidden") == "true"
        // The header of a page repeats on every page. That of an article has its title.
        || (element.LocalName == "header" && element.ParentElement?.LocalName == "body");
}
