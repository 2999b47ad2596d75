using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>Reads JSON that people and providers have written, which may be anything.</summary>
internal static class SecretJson
{
    /// <summary>Reads an object; null when the text is not one, or when it has a name twice.</summary>
    public static JsonObject? ObjectOf(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Returns a text of an object; null when it is missing or no text.</summary>
    public static string? Text(JsonObject from, string name) =>
        from[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
