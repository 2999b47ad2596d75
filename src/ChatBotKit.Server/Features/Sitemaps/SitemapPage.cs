using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Sitemaps;

/// <summary>A page of a site.</summary>
/// <param name="Url">The address.</param>
/// <param name="Title">The title; empty for none.</param>
/// <param name="Blocks">The text.</param>
/// <param name="Links">The addresses that it leads to.</param>
internal sealed record SitemapPage(Uri Url, string Title, IReadOnlyList<TextBlock> Blocks, IReadOnlyList<Uri> Links)
{
    private const int MaxLinks = 1_000;

    /// <summary>Reads a web page; null for content of another kind, and for a page that is nested too deeply.</summary>
    /// <exception cref="DomException">The selectors are malformed.</exception>
    public static SitemapPage? Read(SitemapAnswer answer, string? selectors)
    {
        if (answer.ContentType is not (null or "text/html" or "application/xhtml+xml"))
            return null;
        try
        {
            HtmlDepth.Check(answer.Text);
            using var document = new HtmlParser().ParseDocument(answer.Text);
            var html = SelectorOf(selectors) is { } selector
                ? string.Join('\n', document.QuerySelectorAll(selector).Select(element => element.OuterHtml))
                : answer.Text;
            return new SitemapPage(answer.Url, document.Title ?? "", [.. HtmlBlocks.Read(html)], LinksOf(document, answer.Url));
        }
        catch (FileRefusedException)
        {
            return null;
        }
    }

    /// <summary>Returns one selector for all lines of the setting; null for none.</summary>
    private static string? SelectorOf(string? selectors)
    {
        var lines = (selectors ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? null : string.Join(", ", lines.Select(line => line.TrimEnd(',')));
    }

    private static List<Uri> LinksOf(IDocument document, Uri page)
    {
        var links = new List<Uri>();
        foreach (var element in document.QuerySelectorAll("a[href]").Take(MaxLinks))
        {
            if (Uri.TryCreate(page, element.GetAttribute("href"), out var url) && url.Scheme is "http" or "https")
                links.Add(new UriBuilder(url) { Fragment = "" }.Uri);
        }

        return links;
    }
}
