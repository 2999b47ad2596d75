using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.ModelProviders.Answers;

/// <summary>
/// Assembles unknown fields from the pieces in which they arrive: objects are merged, lists are appended to, and list items with
/// the same index become one.
/// </summary>
internal sealed class FieldCollector
{
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The limit is low because the fields are nested in a message's meta and in a line of a log, which have limits of their own.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private readonly OrderedDictionary<string, object> _fields = new(StringComparer.Ordinal);

    public bool IsEmpty => _fields.Count == 0;

    /// <summary>The memory that the fields take, in characters.</summary>
    public long Characters { get; private set; }

    /// <summary>Adds a field or its next piece. A value is dropped if it could not be stored and sent back unchanged.</summary>
    public void Add(string name, ReadOnlySpan<byte> json)
    {
        try
        {
            var text = JsonEscapes.Mend(Encoding.UTF8.GetString(json));
            Add(name, JsonElement.Parse(text, Strict));
        }
        catch (JsonException)
        {
            // Too deep, or with a duplicate key.
        }
    }

    /// <summary>Returns all fields as a JSON object on one line; null when there are none.</summary>
    public string? ToJson()
    {
        if (IsEmpty)
            return null;
        var buffer = new RentedBuffer();
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
            Write(json, _fields);
        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        buffer.Clear();
        return text;
    }

    private void Add(string name, JsonElement value)
    {
        var old = _fields.GetValueOrDefault(name);
        if (value.ValueKind == JsonValueKind.Array)
        {
            if (old is not CollectedList list)
                _fields[name] = list = new CollectedList();
            foreach (var item in value.EnumerateArray())
                Characters += list.Add(item);
            return;
        }

        if (old is JsonObject known && value.ValueKind == JsonValueKind.Object)
        {
            Merge(known, JsonObject.Create(value)!);
            Characters += value.GetRawText().Length;
            return;
        }

        _fields[name] = value.ValueKind == JsonValueKind.Object ? JsonObject.Create(value)! : value;
        Characters += name.Length + value.GetRawText().Length;
    }

    private static void Merge(JsonObject known, JsonObject more)
    {
        foreach (var (name, value) in more)
        {
            if (value is JsonObject inner && known[name] is JsonObject outer)
                Merge(outer, inner);
            else if (value is not null || !known.ContainsKey(name))
                known[name] = value?.DeepClone();
        }
    }

    internal static void Write(Utf8JsonWriter json, OrderedDictionary<string, object> fields)
    {
        json.WriteStartObject();
        foreach (var (name, value) in fields)
        {
            json.WritePropertyName(name);
            switch (value)
            {
                case JsonElement element:
                    element.WriteTo(json);
                    break;
                case StringBuilder text:
                    json.WriteStringValue(text.ToString());
                    break;
                case CollectedList list:
                    list.WriteTo(json);
                    break;
                case JsonNode node:
                    node.WriteTo(json);
                    break;
            }
        }

        json.WriteEndObject();
    }
}
