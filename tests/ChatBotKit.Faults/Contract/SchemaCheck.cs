using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Faults.Contract;

/// <summary>
/// Validates JSON against the part of JSON Schema that the server's document uses. It is stricter in one point: a field that an
/// object's schema does not name is a fault, even where the schema allows additional ones.
/// </summary>
internal sealed class SchemaCheck(ApiDescription description)
{
    /// <returns>The first fault with its path; null when there is none.</returns>
    public string? FaultOf(JsonElement value, JsonNode written, string path = "$")
    {
        var schema = description.Resolve(written);
        if (schema["anyOf"] is JsonArray any)
            return any.Any(one => FaultOf(value, one!, path) is null) ? null : $"{path} fits no form of it";
        if (schema["oneOf"] is JsonArray one)
            return OneOf(value, one, path);
        if (schema["const"] is { } constant && !(value.ValueKind == JsonValueKind.String && value.GetString() == (string?)constant))
            return $"{path} is not {constant}";
        if (schema["type"] is { } type && !TypesOf(type).Any(name => IsOf(value, name)))
            return $"{path} is {value.ValueKind} and not {type.ToJsonString()}";
        if (schema["enum"] is JsonArray choices && value.ValueKind == JsonValueKind.String && !choices.Any(choice => (string?)choice == value.GetString()))
            return $"{path} is {value.GetRawText()}, which is none of {choices.ToJsonString()}";
        return value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(value, schema, path),
            JsonValueKind.Array when schema["items"] is { } items =>
                value.EnumerateArray().Select((element, index) => FaultOf(element, items, $"{path}[{index}]")).FirstOrDefault(fault => fault is not null),
            _ => null,
        };
    }

    /// <summary>Returns the names that a <c>type</c> allows.</summary>
    public static IEnumerable<string> TypesOf(JsonNode type) =>
        type is JsonArray several ? several.Select(one => (string)one!) : [(string)type!];

    private string? OneOf(JsonElement value, JsonArray forms, string path)
    {
        var faults = forms.Select(form => FaultOf(value, form!, path)).ToList();
        var fits = faults.Count(fault => fault is null);
        if (fits == 1)
            return null;
        // The fault of the alternative with the right type is more useful than the wrong types of the others.
        return fits > 1 ? $"{path} fits {fits} forms" : faults.Find(fault => !fault!.StartsWith($"{path}.type ", StringComparison.Ordinal)) ?? faults[0];
    }

    private string? OfObject(JsonElement value, JsonObject schema, string path)
    {
        var properties = schema["properties"]?.AsObject();
        foreach (var name in schema["required"]?.AsArray() ?? [])
        {
            if (!value.TryGetProperty((string)name!, out _))
                return $"{path}.{name} is missing";
        }

        foreach (var member in value.EnumerateObject())
        {
            var inner = properties?[member.Name] ?? schema["additionalProperties"] as JsonObject;
            if (inner is null && properties is not null)
                return $"{path}.{member.Name} is not described";
            if (inner is not null && FaultOf(member.Value, inner, $"{path}.{member.Name}") is { } fault)
                return fault;
        }

        return null;
    }

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        _ => value.ValueKind == JsonValueKind.Object,
    };
}
