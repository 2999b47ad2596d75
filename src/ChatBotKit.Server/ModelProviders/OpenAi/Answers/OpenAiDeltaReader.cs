using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>Reads what was said: a delta, or a message, which has the same fields. It knows which of them have come.</summary>
internal sealed class OpenAiDeltaReader
{
    private readonly TextJoiner _text = new();
    private readonly TextJoiner _reasoning = new();
    private readonly List<string> _reasoningNames = [];
    private FieldCollector? _fields;

    public bool HasText { get; private set; }

    public bool HasReasoning { get; private set; }

    public bool HasCalls { get; private set; }

    public bool HasFields => HasReasoning || _fields is { IsEmpty: false };

    public long FieldCharacters => _fields?.Characters ?? 0;

    public ModelFields ToFields() => new(_reasoningNames, _fields?.ToJson());

    public (string Text, string Reasoning) End() => (_text.End(), _reasoning.End());

    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref OpenAiChunk chunk)
    {
        var hasThought = false;
        while (reader.NextField(out var name))
        {
            var token = reader.TokenType;
            switch (OpenAiVocabulary.OfDelta(name))
            {
                // A refusal comes in its own field and takes the place of the content.
                case DeltaField.Text when token == JsonTokenType.String:
                    Say(ref reader, ref chunk);
                    break;
                case DeltaField.Text when token is JsonTokenType.StartArray or JsonTokenType.StartObject:
                    ReadParts(ref reader, ref chunk, isReasoning: false);
                    break;
                case DeltaField.Reasoning when token == JsonTokenType.String && !reader.ValueSpan.IsEmpty:
                    AddReasoningName(name);
                    // Some send the same text under two names.
                    if (!hasThought)
                        Think(ref reader, ref chunk);
                    hasThought = true;
                    break;
                case DeltaField.Calls when token == JsonTokenType.StartArray:
                    chunk.ToolCalls = OpenAiCallReader.ReadAll(ref reader, data) ?? chunk.ToolCalls;
                    HasCalls |= chunk.ToolCalls is not null;
                    break;
                case DeltaField.Call when token == JsonTokenType.StartObject && chunk.ToolCalls is null:
                    chunk.ToolCalls = [OpenAiCallReader.Read(ref reader, data)];
                    HasCalls = true;
                    break;
                case DeltaField.Unknown when token != JsonTokenType.Null:
                    (_fields ??= new FieldCollector()).Add(OpenAiJson.Name(name), reader.TakeRaw(data));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void Say(ref Utf8JsonReader reader, ref OpenAiChunk chunk)
    {
        HasText |= !reader.ValueSpan.IsEmpty;
        var piece = _text.Add(ref reader);
        chunk.Text = string.IsNullOrEmpty(chunk.Text) ? piece : chunk.Text + piece;
    }

    private void Think(ref Utf8JsonReader reader, ref OpenAiChunk chunk)
    {
        HasReasoning |= !reader.ValueSpan.IsEmpty;
        chunk.Reasoning += _reasoning.Add(ref reader);
    }

    private void AddReasoningName(ReadOnlySpan<byte> name)
    {
        foreach (var known in _reasoningNames)
        {
            if (name.Length == known.Length && System.Text.Ascii.Equals(name, known))
                return;
        }

        _reasoningNames.Add(OpenAiJson.Name(name));
    }

    /// <summary>The content as a list of parts: texts, thoughts, and others that are no text. A single part may stand alone.</summary>
    private void ReadParts(ref Utf8JsonReader reader, ref OpenAiChunk chunk, bool isReasoning)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadPart(ref reader, ref chunk, isReasoning);
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                ReadPart(ref reader, ref chunk, isReasoning);
            else if (reader.TokenType == JsonTokenType.String)
                Take(ref reader, ref chunk, isReasoning);
            else
                reader.Skip();
        }
    }

    private void ReadPart(ref Utf8JsonReader reader, ref OpenAiChunk chunk, bool isReasoning)
    {
        while (reader.NextField(out var name))
        {
            var token = reader.TokenType;
            if (name.SequenceEqual("type"u8) && token == JsonTokenType.String)
                isReasoning |= reader.ValueTextEquals("thinking"u8) || reader.ValueTextEquals("reasoning"u8);
            else if ((name.SequenceEqual("text"u8) || name.SequenceEqual("refusal"u8)) && token == JsonTokenType.String)
                Take(ref reader, ref chunk, isReasoning);
            else if ((name.SequenceEqual("thinking"u8) || name.SequenceEqual("reasoning"u8)) && token == JsonTokenType.String)
                Think(ref reader, ref chunk);
            else if (name.SequenceEqual("thinking"u8) && token == JsonTokenType.StartArray)
                ReadParts(ref reader, ref chunk, isReasoning: true);
            else
                reader.Skip();
        }
    }

    private void Take(ref Utf8JsonReader reader, ref OpenAiChunk chunk, bool isReasoning)
    {
        if (isReasoning)
            Think(ref reader, ref chunk);
        else
            Say(ref reader, ref chunk);
    }
}
