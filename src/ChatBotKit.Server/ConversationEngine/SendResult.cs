using System.Text.Json;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>What is told of the user's message once it is taken.</summary>
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

/// <summary>What a reader is told when the server itself failed; the cause is in the server's own log.</summary>
internal static class RunFault
{
    public const string Code = "INTERNAL_SERVER_ERROR";
    public const string Message = "The server failed while it was working on the answer. What was acknowledged before is kept.";

    public static void Write(Utf8JsonWriter json)
    {
        json.WriteString("code"u8, Code);
        json.WriteString("message"u8, Message);
    }
}
