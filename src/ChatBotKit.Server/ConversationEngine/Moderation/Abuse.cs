using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

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
        json.WritePropertyName(MetaName);
        Write(json);
        json.WriteEndObject();
    });

    /// <summary>Returns what is set in the <c>meta</c> of the conversation.</summary>
    public MetaMember ToMark(ConversationRow conversation) =>
        new(conversation.AccountId, conversation.Id, MetaName, ToolJson.Text(Write));

    public NewMessage ToMessage() => new(TranscriptMessage.Context, Words) { Meta = Meta };

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("flagged"u8, true);
        json.WriteStartArray("categories"u8);
        foreach (var category in Categories)
            json.WriteStringValue(category);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
