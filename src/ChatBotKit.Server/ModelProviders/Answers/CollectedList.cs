using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.Answers;

/// <summary>
/// A list that arrives in pieces, such as <c>reasoning_details</c>. An item with the same <c>index</c> and <c>type</c> as the last
/// one continues it: its texts are appended, and missing fields are added.
/// </summary>
internal sealed class CollectedList
{
    private static readonly string[] StreamedTexts = ["text", "summary", "data", "thinking", "content"];

    private readonly List<object> _items = [];

    /// <returns>The memory that the item takes, in characters.</returns>
    public int Add(JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("index"u8, out _))
            return AddObject(item);
        _items.Add(item.Clone());
        return item.GetRawText().Length;
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var item in _items)
        {
            if (item is JsonElement element)
                element.WriteTo(json);
            else
                FieldCollector.Write(json, (OrderedDictionary<string, object>)item);
        }

        json.WriteEndArray();
    }

    private int AddObject(JsonElement item)
    {
        if (_items.Count == 0 || _items[^1] is not OrderedDictionary<string, object> last || !IsSame(last, item, "index") || !IsSame(last, item, "type"))
            _items.Add(last = new OrderedDictionary<string, object>(StringComparer.Ordinal));
        var characters = 0;
        foreach (var field in item.EnumerateObject())
            characters += AddField(last, field);
        return characters;
    }

    private static bool IsSame(OrderedDictionary<string, object> last, JsonElement item, string name) =>
        (last.GetValueOrDefault(name) is JsonElement known, item.TryGetProperty(name, out var value)) switch
        {
            (true, true) => JsonElement.DeepEquals((JsonElement)last[name], value),
            (false, false) => true,
            _ => false,
        };

    private static int AddField(OrderedDictionary<string, object> item, JsonProperty field)
    {
        var known = item.GetValueOrDefault(field.Name);
        if (field.Value.ValueKind == JsonValueKind.String && Array.IndexOf(StreamedTexts, field.Name) >= 0)
        {
            var piece = field.Value.GetString()!;
            if (known is StringBuilder text)
                text.Append(piece);
            else
                item[field.Name] = new StringBuilder(piece);
            return piece.Length;
        }

        if (known is StringBuilder or JsonElement { ValueKind: not JsonValueKind.Null })
            return 0;
        item[field.Name] = field.Value.Clone();
        return field.Name.Length + field.Value.GetRawText().Length;
    }
}
