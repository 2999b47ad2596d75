using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>
/// Reads the events of one answer with a <see cref="Utf8JsonReader"/>, because this runs once per token: a token costs its string
/// and nothing else. What the fields mean stands in <see cref="OpenAiVocabulary"/>.
/// </summary>
internal sealed class OpenAiChunkReader
{
    private readonly OpenAiDeltaReader _delta = new();
    private OpenAiDeltaReader? _message;
    private long? _choice;
    private GrowingText _messageText;
    private GrowingText _messageReasoning;

    /// <summary>The fields that go back to the provider with the calls of the answer.</summary>
    public ModelFields Fields => (_delta.HasFields ? _delta : _message ?? _delta).ToFields();

    /// <summary>How much memory these fields take, in characters.</summary>
    public long FieldCharacters => _delta.FieldCharacters + (_message?.FieldCharacters ?? 0);

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
        // Some proxies put the one object into a list.
        if (reader.TokenType == JsonTokenType.StartArray)
            reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Expected an object.");
        return ReadRoot(ref reader, data);
    }

    /// <summary>What is left of characters that were cut, at the end of the answer.</summary>
    public (string Text, string Reasoning) End() => _delta.End();

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
                    _delta.Read(ref reader, data, ref chunk);
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
            // One choice is asked for; a provider that sends more would mix two answers.
            if (first && reader.TokenType == JsonTokenType.StartObject && IsOurs(reader))
            {
                found = true;
                ReadChoice(ref reader, data, ref chunk);
            }
            else
            {
                reader.Skip();
            }

            first = false;
        }

        return found;
    }

    /// <summary>Whether a choice is the one that is read: the first that came, whatever its number.</summary>
    private bool IsOurs(Utf8JsonReader reader)
    {
        while (reader.NextField(out var name))
        {
            if (OpenAiVocabulary.OfChoice(name) == ChoiceField.Index && reader.TokenType == JsonTokenType.Number)
                return (_choice ??= reader.Count()) == reader.Count();
            reader.Skip();
        }

        return true;
    }

    private void ReadChoice(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref OpenAiChunk chunk)
    {
        var message = reader;
        var hasMessage = false;
        while (reader.NextField(out var name))
        {
            var token = reader.TokenType;
            switch (OpenAiVocabulary.OfChoice(name))
            {
                case ChoiceField.Delta when token == JsonTokenType.StartObject:
                    _delta.Read(ref reader, data, ref chunk);
                    break;
                case ChoiceField.Message when token == JsonTokenType.StartObject:
                    // Whether it counts is known when the delta was read, which may stand behind it.
                    message = reader;
                    hasMessage = true;
                    reader.Skip();
                    break;
                case ChoiceField.End when token == JsonTokenType.String:
                    chunk.End = OpenAiVocabulary.EndOf(reader.ValueSpan);
                    break;
                case ChoiceField.Usage when token == JsonTokenType.StartObject:
                    chunk.Usage ??= OpenAiUsage.Read(ref reader);
                    break;
                case ChoiceField.Error when FailureSigns.IsSaid(reader):
                    chunk.Error = OpenAiErrorWords.Of(reader.TakeRaw(data));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (hasMessage)
            ReadMessage(ref message, data, ref chunk);
    }

    /// <summary>A message says again what the deltas have said, so each of its parts counts where no delta brought that part.</summary>
    private void ReadMessage(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref OpenAiChunk chunk)
    {
        var whole = default(OpenAiChunk);
        _message = new OpenAiDeltaReader();
        _message.Read(ref reader, data, ref whole);
        var (textEnd, reasoningEnd) = _message.End();
        var isLast = chunk.End != OpenAiEnd.None;
        if (!_delta.HasText)
            chunk.Text = _messageText.WhatIsNew(whole.Text + textEnd, isLast);
        if (!_delta.HasReasoning)
            chunk.Reasoning = _messageReasoning.WhatIsNew(whole.Reasoning + reasoningEnd, isLast);
        if (!_delta.HasCalls)
            chunk.ToolCalls = whole.ToolCalls;
        chunk.IsWhole = !_delta.HasText && !_delta.HasCalls && (whole.Text is { Length: > 0 } || whole.ToolCalls is not null);
    }
}
