using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Digests;

/// <summary>
/// Reads the data in the answer of a model, and checks it against the JSON schema: <c>type</c>, <c>required</c>, <c>properties</c>,
/// <c>items</c> and <c>enum</c>. Other keywords only guide the model, so that a schema can neither load another one nor cost much time.
/// </summary>
internal static class ExtractedData
{
    /// <summary>The maximum size of the data. It is also part of the <c>meta</c> of the conversation.</summary>
    public const int MaxBytes = 32_768;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonRules.MaxArgumentsDepth, AllowDuplicateProperties = false };

    /// <summary>Reads an object, with or without a code fence and words around it.</summary>
    /// <exception cref="InvalidOperationException">The answer has no valid data. The message has no part of it.</exception>
    public static JsonObject Read(string answer, JsonObject? schema)
    {
        var (begin, end) = (answer.IndexOf('{', StringComparison.Ordinal), answer.LastIndexOf('}'));
        if (begin < 0 || end < begin)
            throw new InvalidOperationException("The answer of the model has no JSON object.");
        var bytes = Encoding.UTF8.GetBytes(answer[begin..(end + 1)]);
        if (bytes.Length > MaxBytes)
            throw new InvalidOperationException($"The answer of the model has more than {MaxBytes} bytes.");
        if (JsonRules.FindBadValue(bytes, JsonRules.MaxArgumentsDepth) is { } bad)
            throw new InvalidOperationException($"The answer of the model {bad}.");
        try
        {
            var data = JsonNode.Parse(bytes, documentOptions: Options)!.AsObject();
            return FindFault(data, schema, "data") is { } fault ? throw new InvalidOperationException($"The answer of the model is invalid: {fault}.") : data;
        }
        catch (JsonException)
        {
            throw new InvalidOperationException("The answer of the model is no valid JSON.");
        }
    }

    private static string? FindFault(JsonNode? value, JsonObject? schema, string path)
    {
        if (schema is null)
            return null;
        if (!HasType(value, schema["type"]))
            return $"{path} has another type than the schema says";
        if (schema["enum"] is JsonArray choices && !choices.Any(choice => JsonNode.DeepEquals(choice, value)))
            return $"{path} is none of the values that the schema names";
        return value switch
        {
            JsonObject fields => FindFaultOfFields(fields, schema, path),
            JsonArray items when schema["items"] is JsonObject of => items.Select(item => FindFault(item, of, $"an element of {path}")).FirstOrDefault(fault => fault is not null),
            _ => null,
        };
    }

    private static string? FindFaultOfFields(JsonObject fields, JsonObject schema, string path)
    {
        if (schema["required"] is JsonArray required
            && required.Any(name => name?.GetValueKind() == JsonValueKind.String && !fields.ContainsKey(name.GetValue<string>())))
            return $"{path} lacks a required property";
        return schema["properties"] is JsonObject properties
            ? properties.Where(property => fields.ContainsKey(property.Key))
                .Select(property => FindFault(fields[property.Key], property.Value as JsonObject, $"a property of {path}"))
                .FirstOrDefault(fault => fault is not null)
            : null;
    }

    private static bool HasType(JsonNode? value, JsonNode? type) => type switch
    {
        JsonArray several => several.Count == 0 || several.Any(one => HasType(value, one)),
        JsonValue one when one.GetValueKind() == JsonValueKind.String => HasType(value?.GetValueKind() ?? JsonValueKind.Null, value, one.GetValue<string>()),
        _ => true,
    };

    private static bool HasType(JsonValueKind kind, JsonNode? value, string type) => type switch
    {
        "object" => kind == JsonValueKind.Object,
        "array" => kind == JsonValueKind.Array,
        "string" => kind == JsonValueKind.String,
        "number" => kind == JsonValueKind.Number,
        "integer" => kind == JsonValueKind.Number && double.IsInteger((double)value!),
        "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
        "null" => kind == JsonValueKind.Null,
        _ => true,
    };
}
