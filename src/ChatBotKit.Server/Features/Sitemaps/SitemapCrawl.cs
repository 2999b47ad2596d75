using System.Net;
using System.Xml;

namespace ChatBotKit.Server.Features.Sitemaps;

/// <summary>What a crawl has found.</summary>
/// <param name="Pages">The pages.</param>
/// <param name="Unreachable">The pages that may exist, but could not be read now.</param>
internal sealed record SitemapPages(IReadOnlyList<SitemapPage> Pages, IReadOnlyList<Uri> Unreachable);

/// <summary>
/// Reads the pages of one site: those that its site map names, or those that its first page leads to. Addresses with another host, port or
/// scheme are left out, and so is all that is above the limits.
/// </summary>
internal sealed class SitemapCrawl(SitemapClient client)
{
    /// <summary>How many pages are read.</summary>
    public const int MaxPages = 200;

    /// <summary>How many requests are made, for pages and for site maps that name site maps.</summary>
    private const int MaxRequests = 400;

    /// <summary>How many addresses wait at most.</summary>
    private const int MaxWaiting = 10_000;

    /// <returns>The pages; null when the first address can't be read.</returns>
    public async Task<SitemapPages?> ReadAsync(Uri first, SitemapRules rules, string? selectors, CancellationToken cancellationToken)
    {
        var (waiting, seen) = (new Queue<Uri>([first]), new HashSet<string>(StringComparer.Ordinal) { first.AbsoluteUri });
        var (pages, unreachable) = (new List<SitemapPage>(), new List<Uri>());
        // A redirect of the first address leads to the site that is meant.
        Uri? site = null;
        var followsLinks = false;
        for (var requests = 0; requests < MaxRequests && pages.Count < MaxPages && waiting.TryDequeue(out var url); requests++)
        {
            var answer = await client.GetAsync(url, cancellationToken);
            if (answer is not { Status: >= 200 and < 300 })
            {
                if (site is null)
                    return null;
                if (answer?.Status is not ((int)HttpStatusCode.NotFound or (int)HttpStatusCode.Gone))
                    unreachable.Add(url);
                continue;
            }

            var isMap = IsMap(answer);
            if (site is null)
                (site, followsLinks) = (answer.Url, !isMap);
            else if (!IsOfSite(site, answer.Url))
                continue;
            var page = isMap ? null : SitemapPage.Read(answer, selectors);
            if (page is not null && rules.Allows(page.Url) && pages.TrueForAll(other => other.Url != page.Url))
                pages.Add(page);
            var found = isMap ? LocationsOf(answer) : followsLinks && page is not null ? page.Links : [];
            foreach (var next in found.Where(next => IsOfSite(site, next) && (rules.Allows(next) || (isMap && IsNamedAsMap(next)))))
            {
                if (waiting.Count < MaxWaiting && seen.Add(next.AbsoluteUri))
                    waiting.Enqueue(next);
            }
        }

        unreachable.AddRange(waiting);
        return new SitemapPages(pages, unreachable);
    }

    private static bool IsOfSite(Uri site, Uri url) => Uri.Compare(site, url, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static bool IsNamedAsMap(Uri url) => url.AbsolutePath.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    private static bool IsMap(SitemapAnswer answer) =>
        answer.ContentType is "application/xml" or "text/xml" || (answer.ContentType != "text/html" && IsNamedAsMap(answer.Url));

    /// <summary>Returns the addresses in a site map, up to the first error in it.</summary>
    private static List<Uri> LocationsOf(SitemapAnswer answer)
    {
        var found = new List<Uri>();
        using var reader = XmlReader.Create(new StringReader(answer.Text.TrimStart('\uFEFF')), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        try
        {
            while (found.Count < MaxWaiting && reader.ReadToFollowing("loc"))
            {
                if (Uri.TryCreate(answer.Url, reader.ReadElementContentAsString().Trim(), out var url))
                    found.Add(url);
            }
        }
        catch (XmlException)
        {
            // The addresses before the error are used.
        }

        return found;
    }
}
