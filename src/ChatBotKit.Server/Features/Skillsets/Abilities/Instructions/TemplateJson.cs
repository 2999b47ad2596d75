using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>Converts YAML values to JSON.</summary>
internal static class TemplateJson
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <param name="node">The value.</param>
    /// <param name="slots">Gives the value of each slot, and its text when it is only a part of a text.</param>
    public static JsonNode? Of(TemplateNode node, Func<int, (JsonNode? Value, string Text)> slots) => node switch
    {
        TemplateMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value, slots)))),
        TemplateList list => new JsonArray([.. list.Items.Select(item => Of(item, slots))]),
        TemplateScalar scalar when scalar.IsPlain && MarkedText.IsMark(scalar.Text, out var slot) => slots(slot).Value?.DeepClone(),
        TemplateScalar { Text: var text } scalar when text.Contains(MarkedText.Open, StringComparison.Ordinal) =>
            JsonValue.Create(MarkedText.Fill(text, slot => slots(slot).Text)),
        TemplateScalar scalar => scalar.IsPlain ? Typed(scalar.Text) : JsonValue.Create(scalar.Text),
        _ => null,
    };

    /// <summary>Reads a text without quotes: null, a truth value, a number as JSON writes it, or a text.</summary>
    public static JsonNode? Typed(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" or "True" => JsonValue.Create(true),
        "false" or "False" => JsonValue.Create(false),
        _ => NumberOf(text) ?? JsonValue.Create(text),
    };

    /// <summary>Returns a number; null when JSON does not write it so. A number with zeros in front stays a text, as telephone numbers do.</summary>
    private static JsonNode? NumberOf(string text)
    {
        if (text.Length > 30 || !double.TryParse(text, Number, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return null;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
