using System.Text.Json;

namespace ChatBotKit.Server.Features.OpenAi;

/// <summary>Reads the <c>content</c> of a message: a text, or parts.</summary>
internal static class ChatContent
{
    /// <summary>Returns the text of the message, the texts of its parts on lines of their own; null when it has no content.</summary>
    /// <exception cref="ChatFault">400: the content is not supported.</exception>
    public static string? TextIn(JsonElement message, string param)
    {
        if (message.Field("content") is not { } content)
            return message.Field("refusal")?.RequireText($"{param}.refusal");
        if (content.ValueKind == JsonValueKind.String)
            return content.GetString();
        if (content.ValueKind == JsonValueKind.Array && content.GetArrayLength() == 0)
            throw ChatFault.Bad($"{param}.content", $"Invalid '{param}.content': there must be at least one part.");
        return string.Join('\n', PartsOf(content, param).Where(part => part.Type != "image_url").Select(part => part.Type switch
        {
            "text" => TextOf(part, "text"),
            "refusal" => TextOf(part, "refusal"),
            _ => throw ChatFault.Bad($"{part.Param}.type", "This server supports parts of the types text and image_url only."),
        }));
    }

    /// <summary>Returns the addresses of the pictures with the names of their fields.</summary>
    /// <exception cref="ChatFault">400: a picture has no address.</exception>
    public static IReadOnlyList<(string Url, string Param)> PicturesIn(JsonElement message, string param)
    {
        if (message.Field("content") is not { ValueKind: JsonValueKind.Array } content)
            return [];
        return [.. PartsOf(content, param).Where(part => part.Type == "image_url").Select(part => (UrlOf(part), $"{part.Param}.image_url.url"))];
    }

    private static IEnumerable<Part> PartsOf(JsonElement content, string param) =>
        content.RequireArray($"{param}.content").Select((value, i) =>
        {
            var field = $"{param}.content[{i}]";
            return new Part(value.RequireObject(field), value.Field("type")?.RequireText($"{field}.type") ?? "", field);
        });

    private static string TextOf(Part part, string name) =>
        part.Value.Field(name)?.RequireText($"{part.Param}.{name}") ?? throw ChatFault.Bad($"{part.Param}.{name}", $"Missing '{part.Param}.{name}'.");

    private static string UrlOf(Part part) =>
        part.Value.Field("image_url") is { } picture && picture.RequireObject($"{part.Param}.image_url").Field("url") is { } url
            ? url.RequireText($"{part.Param}.image_url.url")
            : throw ChatFault.Bad($"{part.Param}.image_url", $"Missing '{part.Param}.image_url.url'.");

    private sealed record Part(JsonElement Value, string Type, string Param);
}
