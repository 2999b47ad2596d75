using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Answers calls of the function that searches the texts of a request.</summary>
internal static class KnowledgeCall
{
    private const int SearchPassages = 5;

    /// <summary>
    /// Returns the passages that best match the call's question, as JSON text. The question and the passages are reported as
    /// events.
    /// </summary>
    public static string Answer(ToolActivity call, IReadOnlyList<Passage> knowledge, IPassageSearch search, RunEvents events)
    {
        using var arguments = JsonDocument.Parse(call.Arguments, JsonRules.Stored);
        var question = arguments.RootElement.TryGetProperty("search", out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
        var id = "search-" + Ids.Short();
        events.Emit("datasetSearchBegin", json =>
        {
            json.WriteString("id"u8, id);
            json.WriteString("search"u8, question);
        });
        var found = search.Search(knowledge, question, SearchPassages);
        events.Emit("datasetSearchEnd", json =>
        {
            json.WriteString("id"u8, id);
            json.WriteString("search"u8, question);
            json.WriteStartArray("records"u8);
            foreach (var passage in found)
                WritePassage(json, passage);
            json.WriteEndArray();
        });
        return ToolJson.Text(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("records"u8);
            foreach (var passage in found)
                WritePassage(json, passage);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void WritePassage(Utf8JsonWriter json, Passage passage)
    {
        json.WriteStartObject();
        json.WriteString("source"u8, passage.Source);
        json.WriteString("text"u8, passage.Text);
        json.WriteEndObject();
    }
}
