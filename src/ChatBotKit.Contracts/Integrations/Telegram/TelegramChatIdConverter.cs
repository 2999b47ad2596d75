using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Reads numbers and texts, because Telegram identifies chats by number or by name. Writes texts.</summary>
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
