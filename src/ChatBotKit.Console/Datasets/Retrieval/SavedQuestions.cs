using System.Text.Json.Nodes;

namespace ChatBotKit.AdminConsole.Datasets.Retrieval;

/// <summary>A question with the record that a search for it must find.</summary>
/// <param name="Question">The question.</param>
/// <param name="RecordId">The id of the record.</param>
/// <param name="Text">
/// The beginning of the record's text. A file that is imported again gets records with new ids, so a record with the same text counts too.
/// </param>
public sealed record SavedQuestion(string Question, string RecordId, string Text)
{
    /// <summary>Returns the position of the record among the matches, from 1; null when it is not among them.</summary>
    internal int? RankIn(IReadOnlyList<DatasetSearchMatch> matches)
    {
        for (var index = 0; index < matches.Count; index++)
        {
            if (matches[index].Id == RecordId || SavedQuestions.BeginningOf(matches[index].Text) == Text)
                return index + 1;
        }

        return null;
    }
}

/// <summary>Keeps the saved questions of a dataset in its <c>meta</c>, so that every client of the API can read and run them.</summary>
internal static class SavedQuestions
{
    /// <summary>The key in <c>meta</c>: an array of objects with <c>question</c>, <c>recordId</c> and <c>text</c>.</summary>
    public const string Key = "searchQuestions";

    /// <summary>The number of questions of a dataset. All of them are run in one request, and have to fit into <c>meta</c>.</summary>
    public const int Most = 50;

    /// <summary>The length of a question, in UTF-16 code units.</summary>
    public const int LongestQuestion = 300;

    private const int Beginning = 200;

    /// <summary>Reads the questions. Entries that another client wrote in another form are left out.</summary>
    public static IReadOnlyList<SavedQuestion> Of(DatasetItem dataset) =>
        [.. (dataset.Meta?[Key] as JsonArray ?? []).OfType<JsonObject>().Select(Read).OfType<SavedQuestion>().Take(Most)];

    /// <summary>Returns the change of a dataset's <c>meta</c> that stores these questions and leaves the other keys as they are.</summary>
    public static JsonObject Change(IEnumerable<SavedQuestion> questions) => new()
    {
        ["$update"] = new JsonObject
        {
            [Key] = new JsonArray([.. questions.Select(one => new JsonObject { ["question"] = one.Question, ["recordId"] = one.RecordId, ["text"] = one.Text })]),
        },
    };

    public static string BeginningOf(string text) => text.Length <= Beginning ? text : text[..Beginning];

    private static SavedQuestion? Read(JsonObject entry) =>
        TextOf(entry, "question") is { Length: > 0 } question && TextOf(entry, "recordId") is { } record
            ? new SavedQuestion(question, record, TextOf(entry, "text") ?? "")
            : null;

    private static string? TextOf(JsonObject entry, string name) =>
        entry[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
