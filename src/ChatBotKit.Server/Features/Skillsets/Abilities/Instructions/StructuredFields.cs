using System.Text;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>
/// Replaces the field tags of a structured instruction, such as <c>!string</c>, with marks. A field without a name has the key under which
/// it is written.
/// </summary>
/// <param name="slots">The slots of the instruction, to which the fields are added.</param>
/// <param name="fields">The fields of the instruction.</param>
internal sealed class StructuredFields(List<Slot> slots, FieldList fields)
{
    private const string Concatenation = "!concat";

    private static readonly string[] Attributes =
    [
        "name", "description", "optional", "default", "enum", "min", "max", "items", "properties", "placeholder", "transform",
    ];

    /// <exception cref="InstructionException">A tag is unknown, or a field is malformed.</exception>
    public TemplateNode Replace(TemplateNode node, string key = "") => node.Tag switch
    {
        null => ReplaceInside(node),
        Concatenation => Concatenate(node, key),
        "!string" or "!number" or "!boolean" or "!array" or "!object" or "!reference" => FieldOf(node, node.Tag[1..], key),
        var tag => throw new InstructionException($"there is no tag \"{tag}\" for a value", node.At),
    };

    private TemplateNode ReplaceInside(TemplateNode node) => node switch
    {
        TemplateMap map => map with { Entries = [.. map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Replace(entry.Value, entry.Key)))] },
        TemplateList list => list with { Items = [.. list.Items.Select(item => Replace(item))] },
        _ => node,
    };

    private TemplateScalar Concatenate(TemplateNode node, string key)
    {
        if (node is not TemplateList parts)
            throw new InstructionException($"{Concatenation} needs a list", node.At);
        var text = new StringBuilder();
        foreach (var part in parts.Items)
        {
            text.Append(Replace(part, key) is TemplateScalar scalar
                ? scalar.Text
                : throw new InstructionException($"{Concatenation} can only join texts", part.At));
        }

        return new TemplateScalar(text.ToString(), IsPlain: false, Tag: null, node.At);
    }

    private TemplateScalar FieldOf(TemplateNode node, string type, string key)
    {
        var (attributes, name) = node switch
        {
            TemplateMap map => (map, TextOf(map, "name") ?? key),
            TemplateScalar { Text.Length: > 0 } scalar => (null, scalar.Text),
            _ => (null, key),
        };
        if (name.Length == 0)
            throw new InstructionException("the field needs a name", node.At);
        var operations = attributes is null ? [] : TransformOf(attributes);
        slots.Add(Slot.IsOfEngine(name) ? new EngineSlot(name) : new FieldSlot(name, operations));
        if (!Slot.IsOfEngine(name))
            fields.Add(attributes is null ? new AbilityField(name) { Type = type, IsRequired = true } : ReadField(attributes, name, type));
        return new TemplateScalar(MarkedText.Mark(slots.Count - 1), IsPlain: true, Tag: null, node.At);
    }

    private static AbilityField ReadField(TemplateMap attributes, string name, string type)
    {
        foreach (var (key, value) in attributes.Entries)
        {
            if (!Attributes.Contains(key))
                throw new InstructionException($"a field has no attribute \"{key}\"", value.At);
        }

        return new AbilityField(name)
        {
            Type = type,
            Description = TextOf(attributes, "description") ?? TextOf(attributes, "placeholder") ?? "",
            IsRequired = JsonOf(attributes, "optional") is not JsonValue optional || !optional.TryGetValue<bool>(out var isOptional) || !isOptional,
            Default = JsonOf(attributes, "default"),
            Choices = JsonOf(attributes, "enum") is JsonArray choices ? [.. choices.Select(FieldText.Plain)] : [],
            Min = NumberOf(attributes, "min"),
            Max = NumberOf(attributes, "max"),
            Items = JsonOf(attributes, "items"),
            Properties = JsonOf(attributes, "properties"),
        };
    }

    private static IReadOnlyList<FieldOperation> TransformOf(TemplateMap attributes)
    {
        var names = JsonOf(attributes, "transform") switch
        {
            null => [],
            JsonArray list => list.Select(FieldText.Plain),
            var one => FieldText.Plain(one).Split(',', StringSplitOptions.TrimEntries),
        };
        return [.. names.Select(name => new FieldOperation(
            name switch
            {
                "lower" or "upper" or "trim" => name,
                "urlencode" => "euc",
                _ => throw new InstructionException($"there is no transform \"{name}\"", attributes.Find("transform")!.At),
            },
            null))];
    }

    private static string? TextOf(TemplateMap map, string key) => JsonOf(map, key) is { } value ? FieldText.Plain(value) : null;

    private static double? NumberOf(TemplateMap map, string key) => JsonOf(map, key) switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => value.GetValue<double>(),
        _ => throw new InstructionException($"\"{key}\" must be a number", map.Find(key)!.At),
    };

    private static JsonNode? JsonOf(TemplateMap map, string key) =>
        map.Find(key) is { } node ? TemplateJson.Of(node, _ => throw new InstructionException("the attributes of a field can't have fields", node.At)) : null;
}
