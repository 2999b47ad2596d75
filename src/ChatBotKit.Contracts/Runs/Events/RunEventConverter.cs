using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>
/// Reads an event in one pass over its envelope, in which <c>type</c> may come after <c>data</c>, and then reads its data
/// with the metadata of its type. A polymorphic contract would buffer the object and lose the name of an unknown type.
/// </summary>
internal sealed class RunEventConverter : JsonConverter<RunEvent>
{
    public override RunEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"An event must be an object, not {reader.TokenType}.");

        var envelope = default(Envelope);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            envelope.ReadProperty(ref reader);

        return envelope.ToEvent(options);
    }

    public override void Write(Utf8JsonWriter writer, RunEvent value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, value.Type);
        writer.WritePropertyName("data"u8);
        value.WriteData(writer, options);
        if (value.Id is { } id)
            writer.WriteNumber("id"u8, id);
        if (value.CreatedAt is { } createdAt)
            writer.WriteNumber("createdAt"u8, createdAt.ToUnixTimeMilliseconds());

        foreach (var (name, extra) in value.AdditionalProperties ?? new Dictionary<string, JsonElement>())
        {
            writer.WritePropertyName(name);
            extra.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private ref struct Envelope
    {
        private RunEventType? _type;
        private string? _unknownType;
        private Utf8JsonReader _data;
        private bool _hasData;
        private long? _id;
        private long? _createdAt;
        private Dictionary<string, JsonElement>? _extras;

        public void ReadProperty(ref Utf8JsonReader reader)
        {
            if (reader.ValueTextEquals("type"u8))
                ReadType(ref reader);
            else if (reader.ValueTextEquals("data"u8))
                ReadData(ref reader);
            else if (reader.ValueTextEquals("createdAt"u8))
                _createdAt = ReadNumber(ref reader, "createdAt");
            else if (reader.ValueTextEquals("id"u8))
                _id = ReadNumber(ref reader, "id");
            else
                KeepExtra(reader.GetString()!, ref reader);
        }

        public readonly RunEvent ToEvent(JsonSerializerOptions options)
        {
            var data = _data;
            var hasObject = _hasData && data.TokenType == JsonTokenType.StartObject;
            RunEvent result;
            if (_type is { } type && (hasObject || !type.NeedsData))
                result = type.Read(ref data, options);
            else if (_type is null && _unknownType is null)
                throw new JsonException("An event must have a type.");
            else
                result = new UnknownEvent(_type?.Name ?? _unknownType!) { Data = _hasData ? JsonElement.ParseValue(ref data) : null };

            if (_createdAt is { } createdAt)
                MillisecondsConverter.FromMilliseconds(createdAt);
            result.SetEnvelope(_id, _createdAt);
            result.AdditionalProperties = _extras;
            return result;
        }

        private void ReadType(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw new JsonException($"The type of an event must be a string, not {reader.TokenType}.");
            _type = RunEventType.Find(ref reader);
            _unknownType = _type is null ? reader.GetString() : null;
        }

        private void ReadData(ref Utf8JsonReader reader)
        {
            reader.Read();
            _data = reader;
            _hasData = true;
            reader.Skip();
        }

        // A field that is not a valid number is kept as an unknown field, so that the line does not fail.
        private long? ReadNumber(ref Utf8JsonReader reader, string name)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number)
                return MillisecondsConverter.ReadNumber(ref reader);

            (_extras ??= [])[name] = JsonElement.ParseValue(ref reader);
            return null;
        }

        private void KeepExtra(string name, ref Utf8JsonReader reader)
        {
            reader.Read();
            (_extras ??= [])[name] = JsonElement.ParseValue(ref reader);
        }
    }
}
