using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Platform.Search;

/// <summary>An entry of a catalogue.</summary>
/// <param name="Id">The id.</param>
/// <param name="ToItem">Makes the item of an answer, at the current time, which is also that of its creation: entries have no history.</param>
/// <param name="Index">The words by which the entry is found.</param>
internal sealed record CatalogueEntry<T>(string Id, Func<CatalogueMatch?, DateTimeOffset, T> ToItem, Lazy<WordIndex> Index);

/// <summary>How an entry matches a search.</summary>
/// <param name="Score">From 0 to 1.</param>
/// <param name="Excerpt">The passage that matches.</param>
internal sealed record CatalogueMatch(double Score, string Excerpt);

/// <summary>A small list of entries that are part of the server. It is listed in its own order and searched by words.</summary>
internal sealed class Catalogue<T>(IReadOnlyList<CatalogueEntry<T>> entries, TimeProvider time)
{
    private const int MaxSearchBytes = 1_000;
    private const int MaxTake = 100;
    private const int DefaultTake = 10;

    public ListResult<T> List(ListQuery query, Func<T, string> id)
    {
        var now = time.GetUtcNow();
        return FixedList.Of(query, entries, static entry => entry.Id, entry => entry.ToItem(null, now), id);
    }

    /// <exception cref="ApiException">400: the search is empty or too long, or <c>take</c> is out of its range.</exception>
    public JsonAnswer<ListResponse<T>> Search(PlatformSearchRequest request)
    {
        var faults = new Faults();
        if (string.IsNullOrWhiteSpace(request.Search))
            faults.Add("\"search\" is not allowed to be empty");
        faults.CheckText(request.Search, "search", MaxSearchBytes);
        faults.CheckRange(request.Take, 1, MaxTake, "take");
        faults.ThrowIfAny();

        var words = WordIndex.WordsOf(request.Search);
        var now = time.GetUtcNow();
        var found = entries
            .Select(entry => (Entry: entry, Score: entry.Index.Value.ScoreOf(words)))
            .Where(one => one.Score > 0)
            .OrderByDescending(one => one.Score)
            .Take(request.Take ?? DefaultTake)
            .Select(one => one.Entry.ToItem(new CatalogueMatch(one.Score, one.Entry.Index.Value.ExcerptOf(words)), now));
        return JsonAnswer.Of(new ListResponse<T> { Items = [.. found] });
    }

    /// <summary>Returns the entry; null when there is none with that id.</summary>
    public CatalogueEntry<T>? Find(string id) => entries.FirstOrDefault(entry => entry.Id == id);
}
