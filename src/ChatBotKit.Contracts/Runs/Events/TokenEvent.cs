using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A piece of the answer, of any size, as the model produces it.</summary>
public sealed record TokenEvent : RunEvent<TokenEventData>
{
    /// <inheritdoc/>
    public override string Type => "token";

    /// <summary>Gets the text of the piece.</summary>
    public string Token => Data.Token;
}

/// <summary>A piece of the model's reasoning.</summary>
public sealed record ReasoningTokenEvent : RunEvent<TokenEventData>
{
    /// <inheritdoc/>
    public override string Type => "reasoningToken";

    /// <summary>Gets the text of the piece.</summary>
    public string Token => Data.Token;
}

/// <summary>The data of a token event. It is a struct, so that a token allocates one object and its text.</summary>
/// <param name="Type">The type of the author, which so far is always the bot.</param>
/// <param name="Token">The text.</param>
[JsonConverter(typeof(TokenEventDataConverter))]
public readonly record struct TokenEventData(MessageType Type, string Token);

/// <summary>Reads and writes the data of a token without an intermediate object.</summary>
internal sealed class TokenEventDataConverter : JsonConverter<TokenEventData>
{
    public override TokenEventData Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"The data of a token must be an object, not {reader.TokenType}.");

        var type = MessageType.Bot;
        var token = "";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isToken = reader.ValueTextEquals("token"u8);
            reader.Read();
            if (isType)
                type = OpenStringConverter<MessageType>.ReadValue(ref reader);
            else if (isToken && reader.TokenType == JsonTokenType.String)
                token = reader.GetString()!;
            else if (isToken)
                throw new JsonException($"A token must be a string, not {reader.TokenType}.");
            else
                reader.Skip();
        }

        return new TokenEventData(type, token);
    }

    public override void Write(Utf8JsonWriter writer, TokenEventData value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, value.Type.Value);
        writer.WriteString("token"u8, value.Token);
        writer.WriteEndObject();
    }
}
