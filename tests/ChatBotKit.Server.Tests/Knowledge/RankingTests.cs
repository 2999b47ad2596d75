using System.Text.Json;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Tests.Knowledge;

/// <summary>
/// Holds the quality of the ranking with a small collection in eight languages: inflected forms, compounds, scripts without spaces.
/// Larger collections are measured with the benchmark <c>retrieval</c>, which reads folders of the same form.
/// </summary>
public sealed class RankingTests
{
    private sealed record Line(string Id, string? Title, string Text, string Lang);

    private static readonly List<Line> Texts = ReadLines("docs.jsonl");
    private static readonly List<Line> Questions = ReadLines("queries.jsonl");

    private static readonly Dictionary<string, string> Answers = File.ReadLines(PathOf("qrels.tsv"))
        .Select(line => line.Split('\t'))
        .ToDictionary(parts => parts[0], parts => parts[1]);

    public static TheoryData<string> Languages => [.. Texts.Select(text => text.Lang).Distinct(), ""];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Index_QuestionsOfALanguage_AreAnswered(string language)
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-index-");
        try
        {
            using var index = DatasetIndex.Open(Path.Combine(directory.FullName, "index.db"));
            index.Apply([.. TextsOf(language).Select(text => new IndexedRecord(text.Id, text.Title!, text.Text))], [], 1);

            Assert.InRange(Quality(language, question => index.Search(question, 10).Select(found => found.Id)), 0.97, 1);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void PassageSearch_QuestionsOfALanguage_AreAnswered(string language)
    {
        // The id is in the text, as a word that nobody asks for.
        var passages = TextsOf(language).Select(text => new Passage(text.Title!, $"{text.Text} {text.Id}")).ToList();

        Assert.InRange(
            Quality(language, question => new PassageSearch().Search(passages, question, 10).Select(passage => passage.Text.Split(' ')[^1])),
            0.97, 1);
    }

    [Fact]
    public void Collection_IsComplete()
    {
        Assert.Equal(8, Texts.Select(text => text.Lang).Distinct().Count());
        Assert.True(Questions.Count >= 40);
        Assert.All(Questions, question => Assert.Contains(Texts, text => text.Id == Answers[question.Id]));
    }

    private static List<Line> TextsOf(string language) => [.. Texts.Where(text => language.Length == 0 || text.Lang == language)];

    /// <summary>Returns the mean nDCG@10, where each question has one answer.</summary>
    private static double Quality(string language, Func<string, IEnumerable<string>> find) => Questions
        .Where(question => language.Length == 0 || question.Lang == language)
        .Average(question => find(question.Text).Index()
            .Where(found => found.Item == Answers[question.Id])
            .Sum(found => 1 / Math.Log2(found.Index + 2)));

    private static List<Line> ReadLines(string name) =>
        [.. File.ReadLines(PathOf(name)).Select(line => JsonSerializer.Deserialize<Line>(line, JsonSerializerOptions.Web)!)];

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Knowledge", "Collection", name);
}
