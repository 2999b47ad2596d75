using System.Text.Json;
using ChatBotKit.Server.ModelProviders.Answers;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>
/// Reads the choice of each event: its finish reason, and its content in a delta, a message or a text. Some servers send the same
/// content in two of these; it counts once.
/// </summary>
internal sealed class OpenAiChoiceReader
{
    private readonly OpenAiDeltaReader _delta = new();
    private OpenAiDeltaReader? _message;
    private TextJoiner? _text;
    private GrowingText _messageText;
    private GrowingText _messageReasoning;
    private bool _hasMessageText;

    /// <summary>The fields to send back to the provider with the calls of the answer.</summary>
    public ModelFields Fields => (_delta.HasFields ? _delta : _message ?? _delta).ToFields();

    /// <summary>The memory that these fields take, in characters.</summary>
    public long FieldCharacters => _delta.FieldCharacters + (_message?.FieldCharacters ?? 0);

    public void ReadDelta(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref OpenAiChunk chunk) =>
        _delta.Read(ref reader, data, ref chunk);

    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref OpenAiChunk chunk)
    {
        var message = reader;
        var (hasMessage, isEscaped) = (false, false);
        var text = default(ReadOnlySpan<byte>);
        while (reader.NextField(out var name))
        {
            var token = reader.TokenType;
            switch (OpenAiVocabulary.OfChoice(name))
            {
                case ChoiceField.Delta when token == JsonTokenType.StartObject:
                    _delta.Read(ref reader, data, ref chunk);
                    break;
                // A message or text is evaluated after the delta, which may follow it in the event.
                case ChoiceField.Message when token == JsonTokenType.StartObject:
                    message = reader;
                    hasMessage = true;
                    reader.Skip();
                    break;
                case ChoiceField.Text or ChoiceField.Delta or ChoiceField.Message when token.IsScalar():
                    text = reader.ValueSpan;
                    isEscaped = reader.ValueIsEscaped;
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
        if (!text.IsEmpty)
            TakeText(text, isEscaped, ref chunk);
    }

    /// <summary>Returns what remains of split characters at the end of the answer.</summary>
    public (string Text, string Reasoning) End()
    {
        var (text, reasoning) = _delta.End();
        return (text + _text?.End(), reasoning);
    }

    /// <summary>Reads a message beside deltas. It repeats them, so a part of it counts only if no delta contained that part.</summary>
    private void ReadMessage(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref OpenAiChunk chunk)
    {
        var whole = default(OpenAiChunk);
        _message = new OpenAiDeltaReader();
        _message.Read(ref reader, data, ref whole);
        var (textEnd, reasoningEnd) = _message.End();
        _hasMessageText |= _message.HasText;
        var isLast = chunk.End != OpenAiEnd.None;
        if (!_delta.HasText && _text is null)
            chunk.Text = _messageText.WhatIsNew(whole.Text + textEnd, isLast);
        if (!_delta.HasReasoning)
            chunk.Reasoning = _messageReasoning.WhatIsNew(whole.Reasoning + reasoningEnd, isLast);
        if (!_delta.HasCalls)
            chunk.ToolCalls = whole.ToolCalls;
        chunk.IsWhole = !_delta.HasText && !_delta.HasCalls && (whole.Text is { Length: > 0 } || whole.ToolCalls is not null);
    }

    private void TakeText(ReadOnlySpan<byte> json, bool isEscaped, ref OpenAiChunk chunk)
    {
        if (_delta.HasText || _hasMessageText)
            return;
        chunk.Text = (_text ??= new TextJoiner()).Add(json, isEscaped);
        chunk.IsWhole |= chunk.ToolCalls is null;
    }
}
