using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Answers the function that looks for passages in what a request brings along.</summary>
internal static class KnowledgeCall
{
    private const int SearchPassages = 5;

    /// <summary>The best passages for the question of a call, as JSON text; both the question and they are events of the run.</summary>
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
