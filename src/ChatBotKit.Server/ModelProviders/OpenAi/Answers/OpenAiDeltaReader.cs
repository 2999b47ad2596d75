using System.Text.Json;
using ChatBotKit.Server.ModelProviders.Answers;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>Reads a delta, or a message, which has the same fields. It remembers which of them have occurred.</summary>
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
                case DeltaField.Text when token.IsScalar():
                case DeltaField.Refusal when token == JsonTokenType.String:
                    Say(ref reader, ref chunk);
                    break;
                case DeltaField.Text or DeltaField.Refusal when token is JsonTokenType.StartArray or JsonTokenType.StartObject:
                    ReadParts(ref reader, ref chunk, isReasoning: false);
                    break;
                case DeltaField.Reasoning when token is JsonTokenType.StartArray or JsonTokenType.StartObject && !hasThought:
                    ReadParts(ref reader, ref chunk, isReasoning: true);
                    break;
                case DeltaField.Reasoning when token == JsonTokenType.String && !reader.ValueSpan.IsEmpty:
                    AddReasoningName(name);
                    // Some servers send the same reasoning under two names.
                    if (!hasThought)
                        ReadReasoning(ref reader, ref chunk);
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

    private void ReadReasoning(ref Utf8JsonReader reader, ref OpenAiChunk chunk)
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

    /// <summary>
    /// Reads the content as a list of parts: texts, reasoning, and others, which are skipped. A single part may come without a
    /// list.
    /// </summary>
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
        isReasoning = isReasoning || IsThought(reader);
        while (reader.NextField(out var name))
        {
            var token = reader.TokenType;
            switch (OpenAiVocabulary.OfPart(name))
            {
                case PartField.Text when token.IsScalar():
                case PartField.Refusal when token == JsonTokenType.String:
                    Take(ref reader, ref chunk, isReasoning);
                    break;
                case PartField.Thought when token == JsonTokenType.String:
                    ReadReasoning(ref reader, ref chunk);
                    break;
                case PartField.Thought when token is JsonTokenType.StartArray or JsonTokenType.StartObject:
                    ReadParts(ref reader, ref chunk, isReasoning: true);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    /// <summary>Whether the type of a part marks it as reasoning. The type may follow the text.</summary>
    private static bool IsThought(Utf8JsonReader reader)
    {
        while (reader.NextField(out var name))
        {
            if (OpenAiVocabulary.OfPart(name) == PartField.Type && reader.TokenType == JsonTokenType.String)
                return OpenAiVocabulary.KindOfPart(reader.ValueSpan) == PartKind.Thought;
            reader.Skip();
        }

        return false;
    }

    private void Take(ref Utf8JsonReader reader, ref OpenAiChunk chunk, bool isReasoning)
    {
        if (isReasoning)
            ReadReasoning(ref reader, ref chunk);
        else
            Say(ref reader, ref chunk);
    }
}
