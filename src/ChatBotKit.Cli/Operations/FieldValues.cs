using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Cli.Operations;

/// <summary>Turns what was typed into what is sent.</summary>
internal static class FieldValues
{
    /// <param name="field">The field.</param>
    /// <param name="text">Plain text, or JSON, or <c>@file</c> with JSON, as the field's type wants it.</param>
    /// <exception cref="CliException">It is no such value.</exception>
    public static JsonNode? Parse(OperationField field, string text)
    {
        if (!field.IsJson)
            return JsonValue.Create(text);
        try
        {
            return ParseJson(text);
        }
        catch (JsonException)
        {
            throw new CliException($"--{field.Name} takes JSON ({field.Type}), or @file with it.", ExitCodes.Usage);
        }
    }

    /// <summary>A whole body: JSON, <c>@file</c>, or <c>-</c> for standard input.</summary>
    /// <exception cref="CliException">It is no JSON object.</exception>
    public static JsonObject ParseBody(string text, TextReader input)
    {
        try
        {
            if ((text == "-" ? JsonNode.Parse(input.ReadToEnd()) : ParseJson(text)) is JsonObject body)
                return body;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new CliException("--body takes a JSON object, @file with one, or - for standard input.", ExitCodes.Usage);
    }

    /// <summary>Sets a field whose name may lead into objects, such as <c>contact.name</c>.</summary>
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

    private static JsonNode? ParseJson(string text)
    {
        if (!text.StartsWith('@'))
            return JsonNode.Parse(text);
        try
        {
            return JsonNode.Parse(File.ReadAllText(text[1..]));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{text[1..]} can't be read: {exception.Message}", ExitCodes.Usage);
        }
    }
}
