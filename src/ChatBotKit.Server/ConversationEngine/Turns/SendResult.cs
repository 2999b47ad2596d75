using System.Text.Json;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Writes the data of the event about an accepted message of the user.</summary>
internal static class SendResult
{
    public static void Write(Utf8JsonWriter json, string? messageId, string text, string? entities)
    {
        if (messageId is not null)
            json.WriteString("id"u8, messageId);
        json.WriteString("text"u8, text);
        json.WritePropertyName("entities"u8);
        json.WriteRawValue(entities ?? "[]");
        json.WriteStartObject("usage"u8);
        json.WriteNumber("token"u8, UsageCounter.Estimate(text));
        json.WriteEndObject();
    }
}
