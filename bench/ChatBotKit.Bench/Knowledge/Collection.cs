using System.Globalization;
using System.Text.Json;

namespace ChatBotKit.Bench.Knowledge;

/// <summary>A text of a collection, or a question.</summary>
internal sealed record CollectionText(string Id, string? Title, string Text, string? Lang);

/// <summary>
/// Texts, questions, and which texts answer which question: a folder with <c>docs.jsonl</c>, <c>queries.jsonl</c> and
/// <c>qrels.tsv</c> (question, text, grade).
/// </summary>
internal sealed record Collection(
    IReadOnlyList<CollectionText> Texts, IReadOnlyList<CollectionText> Questions, ILookup<string, (string Text, int Grade)> Judgements)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Collection Read(string folder) => new(
        ReadTexts(Path.Combine(folder, "docs.jsonl")),
        ReadTexts(Path.Combine(folder, "queries.jsonl")),
        File.ReadLines(Path.Combine(folder, "qrels.tsv"))
            .Where(line => line.Length > 0)
            .Select(line => line.Split('\t'))
            .ToLookup(parts => parts[0], parts => (parts[1], int.Parse(parts[2], CultureInfo.InvariantCulture))));

    /// <summary>Returns a collection for each language; a collection without languages is one.</summary>
    public IEnumerable<(string Language, Collection Part)> ByLanguage() =>
        from texts in Texts.GroupBy(text => text.Lang ?? "")
        select (texts.Key, this with { Texts = [.. texts], Questions = [.. Questions.Where(one => (one.Lang ?? "") == texts.Key)] });

    private static List<CollectionText> ReadTexts(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<CollectionText>(line, Json)!)];
}
