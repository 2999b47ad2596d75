using System.Text.Json;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The result of moderation for a text that was flagged.</summary>
/// <param name="Categories">The categories, as the provider names them.</param>
internal sealed record Abuse(IReadOnlyList<string> Categories)
{
    public const string MetaName = "abuse";

    /// <summary>The words for the model and the owner.</summary>
    public string Words => Categories.Count == 0
        ? "The last message of the user was flagged by moderation."
        : $"The last message of the user was flagged by moderation: {string.Join(", ", Categories)}.";

    /// <summary>The <c>meta</c> of the message, as JSON text.</summary>
    public string Meta => ToolJson.Text(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject(MetaName);
        Write(json);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public NewMessage ToMessage() => new(TranscriptMessage.Context, Words) { Meta = Meta };

    private void Write(Utf8JsonWriter json)
    {
        json.WriteBoolean("flagged"u8, true);
        json.WriteStartArray("categories"u8);
        foreach (var category in Categories)
            json.WriteStringValue(category);
        json.WriteEndArray();
    }
}
