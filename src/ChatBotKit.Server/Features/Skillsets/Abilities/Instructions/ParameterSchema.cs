using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>Makes the JSON Schema of a function from the fields of its ability.</summary>
internal static class ParameterSchema
{
    public static JsonElement Of(IEnumerable<AbilityField> fields)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        foreach (var field in fields.Where(field => field.IsOffered))
        {
            properties[field.Name] = Of(field);
            if (field.IsRequired)
                required.Add(field.Name);
        }

        return JsonSerializer.SerializeToElement(new JsonObject
        {
            ["type"] = "object",
            ["title"] = "Action request",
            ["properties"] = properties,
            ["required"] = required,
            ["additionalProperties"] = false,
        });
    }

    private static JsonObject Of(AbilityField field)
    {
        var schema = new JsonObject();
        if (field.Type is { } type)
            schema["type"] = type;
        if (field.Description.Length > 0)
            schema["description"] = field.Description;
        if (field.Choices.Count > 0)
            schema["enum"] = new JsonArray([.. field.Choices.Select(choice => field.Type == AbilityField.NumberType ? TemplateJson.Typed(choice) : JsonValue.Create(choice))]);
        if (field.Default is { } value)
            schema["default"] = value.DeepClone();
        if (field.Format is { } format)
            schema["format"] = format;
        if (field.Type == AbilityField.ArrayType)
            schema["items"] = field.Items?.DeepClone() ?? new JsonObject();
        if (field is { Type: AbilityField.ObjectType, Properties: { } members })
            schema["properties"] = members.DeepClone();
        AddBound(schema, field, field.Min, "minimum", "minLength");
        AddBound(schema, field, field.Max, "maximum", "maxLength");
        return schema;
    }

    private static void AddBound(JsonObject schema, AbilityField field, double? bound, string ofNumber, string ofText)
    {
        if (bound is { } number && field.Type == AbilityField.NumberType)
            schema[ofNumber] = number;
        else if (bound is { } length && field.Type == AbilityField.StringType)
            schema[ofText] = (long)length;
    }
}
