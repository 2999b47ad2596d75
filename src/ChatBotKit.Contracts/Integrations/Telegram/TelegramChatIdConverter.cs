using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Chats of Telegram have numbers or names; both are held as text and sent as such.</summary>
internal sealed class TelegramChatIdConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => throw new JsonException($"The id or name of a chat was expected, not {reader.TokenType}."),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
