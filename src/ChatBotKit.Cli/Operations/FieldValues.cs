using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Cli.Operations;

/// <summary>Converts the values of the command line to the fields of a request.</summary>
internal static class FieldValues
{
    /// <param name="field">The field.</param>
    /// <param name="text">Plain text or JSON, depending on the type of the field.</param>
    /// <exception cref="CliException">The value is not valid for the type.</exception>
    public static JsonNode? Parse(OperationField field, string text)
    {
        if (!field.IsJson)
            return JsonValue.Create(text);
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException) when (field.MayBeText)
        {
            return JsonValue.Create(text);
        }
        catch (JsonException)
        {
            throw new CliException($"--{field.Name} takes JSON ({field.Type}), or @file with it.", ExitCodes.Usage);
        }
    }

    /// <summary>A complete body.</summary>
    /// <exception cref="CliException">The text is not a JSON object.</exception>
    public static JsonObject ParseBody(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is JsonObject body)
                return body;
        }
        catch (JsonException)
        {
            // This is reported below.
        }

        throw new CliException("--body takes a JSON object, @file to read it from a file, or @- to read it from standard input.", ExitCodes.Usage);
    }

    /// <summary>Sets a field, whose name may be a path into objects, such as <c>contact.name</c>.</summary>
    public static void Set(JsonObject body, string name, JsonNode? value)
    {
        var parts = name.Split('.');
        foreach (var part in parts[..^1])
        {
            if (body[part] is not JsonObject inner)
                body[part] = inner = [];
            body = inner;
        }

        body[parts[^1]] = value;
    }
}
