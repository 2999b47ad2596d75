using System.Text.Json.Nodes;

namespace PdfAnswers;

/// <summary>The sources that the server names in the metadata of an answer.</summary>
internal static class AnswerSources
{
    /// <summary>Returns a line for each source, best first.</summary>
    public static IReadOnlyList<string> Of(JsonObject? meta) =>
    [
        .. (meta?["sources"]?.AsArray() ?? []).OfType<JsonObject>()
            .Select(source => (string?)source["title"] + (source["page"] is { } page ? $", page {page}" : ""))
            .Distinct(),
    ];
}
