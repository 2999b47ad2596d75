using ChatBotKit.Server.Features.Platform.Search;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Platform.Pages;

/// <summary>The pages of the documentation, which are part of the server, by section.</summary>
internal sealed class PageCatalogue(TimeProvider time)
{
    private const string Table = "pages.tsv";
    private const string Folder = "Pages/";

    // The pages are read and indexed when they are first asked for.
    private readonly Lazy<IReadOnlyDictionary<string, Catalogue<PlatformDocItem>>> _sections = new(() => Read(time));

    /// <summary>The sections, as their paths name them.</summary>
    public static IReadOnlyList<string> Sections { get; } = ["doc", "guide", "manual", "tutorial"];

    public Catalogue<PlatformDocItem> Of(string section) => _sections.Value[section];

    private static Dictionary<string, Catalogue<PlatformDocItem>> Read(TimeProvider time)
    {
        var lines = ReadText(Table).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t'));
        var bySection = lines.ToLookup(columns => columns[1]);
        return Sections.ToDictionary(
            section => section,
            section => new Catalogue<PlatformDocItem>(
                [.. bySection[section].Select((columns, i) => EntryOf(columns[0], section, columns[2], columns[3].Split(' '), i))], time),
            StringComparer.Ordinal);
    }

    private static CatalogueEntry<PlatformDocItem> EntryOf(string id, string section, string category, string[] tags, int index)
    {
        var page = Page.Parse(ReadText($"{Folder}{id}.md"));
        return new CatalogueEntry<PlatformDocItem>(
            id,
            (match, now) => new PlatformDocItem
            {
                Id = id,
                Name = page.Title,
                Description = page.Description,
                Category = category,
                Tags = tags,
                Index = index,
                Link = $"{ApiRoutes.Canonical}/platform/{section}/{id}/fetch",
                Score = match?.Score,
                Excerpt = match?.Excerpt,
                CreatedAt = now,
                UpdatedAt = now,
            },
            new Lazy<WordIndex>(() => new WordIndex(
                new WeightedText(page.Title, WordIndex.MaxWeight), new WeightedText(string.Join(' ', tags), 5),
                new WeightedText(page.Description, 3), new WeightedText(page.Content, 1))));
    }

    /// <summary>Returns the text of a page as Markdown.</summary>
    public static string ContentOf(string id) => ReadText($"{Folder}{id}.md");

    private static string ReadText(string resource)
    {
        using var stream = typeof(PageCatalogue).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
