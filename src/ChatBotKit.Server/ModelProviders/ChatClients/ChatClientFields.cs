using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.ModelProviders.Answers;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Server.ModelProviders.ChatClients;

/// <summary>Serializes the provider's data of tool calls of an <see cref="IChatClient"/>, and restores contents from it.</summary>
internal static class ChatClientFields
{
    private const string Reasoning = "reasoning";

    public static ModelFields OfMessage(IReadOnlyList<ProtectedThought> thoughts)
    {
        if (thoughts.Count == 0)
            return new ModelFields([Reasoning], null);
        return new ModelFields([Reasoning], Write(json =>
        {
            json.WriteStartArray("protected"u8);
            foreach (var thought in thoughts)
            {
                json.WriteStartObject();
                json.WriteNumber("end"u8, thought.End);
                json.WriteString("data"u8, thought.Data);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));
    }

    /// <summary>
    /// Serializes the additional properties that are plain values or JSON. Other objects exist only in the process of the client.
    /// </summary>
    public static string? OfCall(FunctionCallContent call)
    {
        var kept = call.AdditionalProperties?.Where(one => one.Value is string or bool or int or long or double or JsonElement).ToList();
        return kept is null or { Count: 0 } ? null : Write(json =>
        {
            foreach (var (name, value) in kept)
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value!.GetType()));
            }
        });
    }

    /// <summary>Restores the reasoning that led to calls, in the pieces in which it was protected.</summary>
    public static IEnumerable<TextReasoningContent> Thoughts(string? fields)
    {
        if (fields is null)
            yield break;
        using var document = JsonDocument.Parse(fields);
        var text = document.RootElement.TryGetProperty(Reasoning, out var whole) && whole.ValueKind == JsonValueKind.String ? whole.GetString()! : "";
        var start = 0;
        foreach (var thought in ProtectedOf(document.RootElement))
        {
            var end = Math.Clamp(thought.End, start, text.Length);
            yield return new TextReasoningContent(text[start..end]) { ProtectedData = thought.Data };
            start = end;
        }

        if (start < text.Length)
            yield return new TextReasoningContent(text[start..]);
    }

    public static AdditionalPropertiesDictionary? OfCall(string? fields)
    {
        if (fields is null)
            return null;
        var properties = new AdditionalPropertiesDictionary();
        foreach (var field in JsonElement.Parse(fields).EnumerateObject())
            properties[field.Name] = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString() : field.Value;
        return properties;
    }

    private static IEnumerable<ProtectedThought> ProtectedOf(JsonElement fields)
    {
        if (!fields.TryGetProperty("protected"u8, out var list) || list.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object
                && item.TryGetProperty("end"u8, out var end) && end.ValueKind == JsonValueKind.Number && end.TryGetInt32(out var at)
                && item.TryGetProperty("data"u8, out var data) && data.ValueKind == JsonValueKind.String)
                yield return new ProtectedThought(at, data.GetString()!);
        }
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new RentedBuffer();
        using (var json = new Utf8JsonWriter(buffer, FieldCollector.WriterOptions))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        buffer.Clear();
        return text;
    }
}
