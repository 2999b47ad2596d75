using System.Text;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The result of the search before an answer.</summary>
/// <param name="Text">The text for the model; empty for none.</param>
/// <param name="Passages">The records for the built-in model, which quotes them.</param>
/// <param name="Meta">The member <c>dataset</c> of the <c>meta</c> of the bot's messages, as JSON text; null when no dataset was searched.</param>
internal sealed record DatasetContext(string Text, IReadOnlyList<Passage> Passages, string? Meta)
{
    /// <summary>The instruction of a dataset that switches the instruction off.</summary>
    private const string Off = "-";

    private const string Placeholder = "{search}";

    private const string DefaultMatch =
        "The following records were found in the knowledge base for the user's message. Base the answer on them where they fit, and name their sources:";

    private const string DefaultMismatch =
        "Nothing was found in the knowledge base for the user's message. If the answer is not in this conversation either, say that you do not know it.";

    public static DatasetContext None { get; } = new("", [], null);

    public static DatasetContext Of(string question, DatasetFindings found) => new(
        TextOf(question, found),
        [.. found.Records.Select(record => new Passage(record.Source, record.Text))],
        MetaOf(question, found));

    private static string TextOf(string question, DatasetFindings found)
    {
        var text = new StringBuilder(found.Records.Count > 0
            ? Instruction(found.MatchInstruction, DefaultMatch, question)
            : Instruction(found.MismatchInstruction, DefaultMismatch, question));
        foreach (var (index, record) in found.Records.Index())
        {
            text.Append(index > 0 ? "\n\n---\n\n" : text.Length > 0 ? "\n\n" : "");
            foreach (var line in record.Heading)
                text.Append(line).Append('\n');
            text.Append(record.Heading.Count > 0 ? "\n" : "").Append(record.Text);
        }

        return text.ToString();
    }

    private static string Instruction(string? own, string otherwise, string question) => own switch
    {
        null or "" => otherwise,
        Off => "",
        _ => own.Replace(Placeholder, question, StringComparison.Ordinal),
    };

    private static string MetaOf(string question, DatasetFindings found) => ToolJson.Text(json =>
    {
        json.WriteStartObject();
        json.WriteString("id"u8, found.DatasetId);
        json.WriteStartObject("action"u8);
        json.WriteString("name"u8, ToolSet.SearchName);
        json.WriteStartObject("input"u8);
        json.WriteString("search"u8, question);
        json.WriteEndObject();
        json.WriteStartObject("result"u8);
        json.WriteStartArray("records"u8);
        foreach (var record in found.Records)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, record.Id);
            json.WriteNumber("score"u8, record.Score);
            json.WriteString("source"u8, record.Source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
