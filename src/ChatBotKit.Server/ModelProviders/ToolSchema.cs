using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.ModelProviders;

/// <summary>
/// Normalizes the JSON Schema of a function's parameters to the form that every provider accepts: an object of type <c>object</c>
/// with <c>properties</c>.
/// </summary>
internal static class ToolSchema
{
    private const string ObjectType = "object";
    private const int MaxReferences = 8;

    /// <param name="schema">The schema of the request.</param>
    /// <param name="fault">The fault of the schema, which follows the name of the field in the message; null for none.</param>
    public static JsonElement Normalize(JsonObject schema, out string? fault)
    {
        fault = null;
        if (IsNormal(schema))
            return JsonSerializer.SerializeToElement(schema);
        var normal = (JsonObject)schema.DeepClone();
        fault = Inline(normal) ?? FaultOfType(normal["type"]) ?? FaultOfProperties(normal);
        if (fault is null)
            Complete(normal);
        return JsonSerializer.SerializeToElement(normal);
    }

    private static bool IsNormal(JsonObject schema) =>
        IsText(schema["type"], ObjectType) && schema["properties"] is JsonObject properties && !schema.ContainsKey("$ref")
        && schema["required"] is JsonArray or null && !(schema["required"] is null && schema.ContainsKey("required"))
        && properties.All(property => property.Value is JsonObject);

    /// <summary>Replaces a reference at the top of the schema with its target, because providers require the type there.</summary>
    private static string? Inline(JsonObject schema)
    {
        for (var count = 0; schema["$ref"] is { } reference; count++)
        {
            if (count == MaxReferences || Find(schema, reference) is not { } target)
                return "$ref\" must point at an object in the schema";
            schema.Remove("$ref");
            foreach (var (name, value) in target)
            {
                if (!schema.ContainsKey(name))
                    schema[name] = value?.DeepClone();
            }
        }

        return null;
    }

    private static JsonObject? Find(JsonObject schema, JsonNode reference)
    {
        if (reference.GetValueKind() != JsonValueKind.String || !reference.GetValue<string>().StartsWith("#/", StringComparison.Ordinal))
            return null;
        JsonNode? found = schema;
        foreach (var part in reference.GetValue<string>()[2..].Split('/'))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            found = (found as JsonObject)?[name];
        }

        return found as JsonObject;
    }

    /// <summary>Checks the type. "Object or null" is accepted as well, because a call always has arguments.</summary>
    private static string? FaultOfType(JsonNode? type) =>
        type is null || IsText(type, ObjectType) || (type is JsonArray types && types.Any(one => IsText(one, ObjectType)))
            ? null
            : "type\" must be object";

    private static string? FaultOfProperties(JsonObject schema) =>
        schema["properties"] is not (null or JsonObject) ? "properties\" must be an object" : null;

    private static void Complete(JsonObject schema)
    {
        schema.Remove("type");
        schema.Insert(0, "type", ObjectType);
        if (schema["properties"] is not JsonObject properties)
            schema["properties"] = properties = [];
        if (schema["required"] is not JsonArray)
            schema.Remove("required");
        // In JSON Schema, true and the empty object both accept any value, but some providers do not know true.
        foreach (var name in properties.Where(property => property.Value is null or JsonValue).Select(property => property.Key).ToList())
            properties[name] = new JsonObject();
    }

    private static bool IsText(JsonNode? node, string text) =>
        node is not null && node.GetValueKind() == JsonValueKind.String && node.GetValue<string>() == text;
}
