using System.Text;
using System.Text.Json;
using ChatBotKit.Server.ModelProviders.Answers;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>
/// Reads the events of one answer with a <see cref="Utf8JsonReader"/>. This runs once per token, so that a token costs only its
/// string. <see cref="OpenAiVocabulary"/> defines the meaning of the fields.
/// </summary>
internal sealed class OpenAiChunkReader
{
    private readonly OpenAiChoiceReader _choice = new();
    private long? _number;

    /// <summary>The fields to send back to the provider with the calls of the answer.</summary>
    public ModelFields Fields => _choice.Fields;

    /// <summary>The memory that these fields take, in characters.</summary>
    public long FieldCharacters => _choice.FieldCharacters;

    /// <summary>Reads one event.</summary>
    /// <exception cref="JsonException">The data is not a JSON object.</exception>
    public OpenAiChunk Read(ReadOnlySpan<byte> data)
    {
        data = data.Trim(" \t\r\n"u8);
        if (data.IsEmpty)
            return default;
        if (Ascii.EqualsIgnoreCase(data, "[DONE]"u8))
            return new OpenAiChunk { IsDone = true };
        var reader = new Utf8JsonReader(data);
        reader.Read();
        // Some proxies wrap the object in a list.
        if (reader.TokenType == JsonTokenType.StartArray)
            reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Expected an object.");
        return ReadRoot(ref reader, data);
    }

    /// <summary>Returns what remains of split characters at the end of the answer.</summary>
    public (string Text, string Reasoning) End() => _choice.End();

    private OpenAiChunk ReadRoot(ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        var chunk = default(OpenAiChunk);
        var signs = default(FailureSigns);
        var (input, output) = (0L, 0L);
        while (reader.NextField(out var name))
        {
            var token = reader.TokenType;
            switch (OpenAiVocabulary.OfRoot(name))
            {
                case RootField.Choices when token == JsonTokenType.StartArray:
                    signs.HasChoices |= ReadChoices(ref reader, data, ref chunk);
                    break;
                case RootField.Usage when token == JsonTokenType.StartObject:
                    chunk.Usage = OpenAiUsage.Read(ref reader) ?? chunk.Usage;
                    break;
                case RootField.UsageHolder when token == JsonTokenType.StartObject:
                    chunk.Usage ??= OpenAiUsage.ReadInside(ref reader);
                    break;
                case RootField.Message when token == JsonTokenType.StartObject:
                    signs.HasChoices = true;
                    _choice.ReadDelta(ref reader, data, ref chunk);
                    break;
                case RootField.End when token == JsonTokenType.String:
                    chunk.End = OpenAiVocabulary.EndOf(reader.ValueSpan);
                    break;
                case RootField.Done:
                    chunk.IsDone = token == JsonTokenType.True;
                    break;
                case RootField.InputTokens when token == JsonTokenType.Number:
                    input = reader.Count();
                    break;
                case RootField.OutputTokens when token == JsonTokenType.Number:
                    output = reader.Count();
                    break;
                case var field:
                    signs.Take(field, ref reader);
                    reader.Skip();
                    break;
            }
        }

        if (input + output > 0)
            chunk.Usage ??= new ModelUsage(input, output);
        if (signs.IsFailure)
            chunk.Error = OpenAiErrorWords.Of(data);
        return chunk;
    }

    /// <returns>Whether there is a choice.</returns>
    private bool ReadChoices(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref OpenAiChunk chunk)
    {
        var (first, found) = (true, false);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // Only one choice was requested. Reading more of them would mix two answers.
            if (first && reader.TokenType == JsonTokenType.StartObject && IsOurs(reader))
            {
                found = true;
                _choice.Read(ref reader, data, ref chunk);
            }
            else
            {
                reader.Skip();
            }

            first = false;
        }

        return found;
    }

    /// <summary>Whether this is the choice to read: the first that arrived, whatever its index.</summary>
    private bool IsOurs(Utf8JsonReader reader)
    {
        while (reader.NextField(out var name))
        {
            if (OpenAiVocabulary.OfChoice(name) == ChoiceField.Index && reader.TokenType == JsonTokenType.Number)
                return (_number ??= reader.Count()) == reader.Count();
            reader.Skip();
        }

        return true;
    }
}
