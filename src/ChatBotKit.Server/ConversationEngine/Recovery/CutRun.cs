using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// The progress of an interrupted run, reconstructed from its log line by line. A channel also has the lines of other runs, and a line does
/// not say which run it is of. So where runs have written to a channel at the same time, no text is taken for that of this run.
/// </summary>
/// <param name="questionId">The id of the first message of the run; null when that message does not tell where the run begins.</param>
internal sealed class CutRun(string? questionId)
{
    private readonly StringBuilder _answer = new();
    private readonly StringBuilder _reasoning = new();
    private (string? Id, string Text) _lastAnswer = (null, "");
    private int _begun;
    private bool _isMixed;

    /// <summary>Whether the first message of the run is stored.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>The unfinished answer: the tokens after the last message.</summary>
    public string Answer => IsOwn ? _answer.ToString() : "";

    /// <summary>The last answer that became a message: its id, which is null in a run without a conversation, and its text.</summary>
    public (string? Id, string Text) LastAnswer => IsOwn ? _lastAnswer : (null, "");

    /// <summary>The unfinished reasoning: the reasoning tokens after the last message of that type.</summary>
    public string Reasoning => IsOwn ? _reasoning.ToString() : "";

    /// <summary>Whether the text since the last end of a run is certainly of this run.</summary>
    private bool IsOwn => !_isMixed && (questionId is null || IsAsked);

    public void Take(ReadOnlyMemory<byte> line)
    {
        var type = LogLines.TypeOf(line.Span);
        if (type.SequenceEqual("token"u8))
            _answer.Append(Text(line, "token"u8));
        else if (type.SequenceEqual("reasoningToken"u8))
            _reasoning.Append(Text(line, "token"u8));
        else if (type.SequenceEqual("message"u8))
            TakeMessage(line);
        else if (type.SequenceEqual("sendResult"u8))
            Begin(line);
        else if (type.SequenceEqual("result"u8))
            End();
    }

    private void Begin(ReadOnlyMemory<byte> line)
    {
        _isMixed |= ++_begun > 1;
        if (questionId is not null && Text(line, "id"u8) == questionId)
            IsAsked = true;
    }

    /// <summary>Forgets the text of a run that has ended.</summary>
    private void End()
    {
        _begun = Math.Max(0, _begun - 1);
        _isMixed &= _begun > 0;
        _answer.Clear();
        _reasoning.Clear();
        _lastAnswer = (null, "");
    }

    private void TakeMessage(ReadOnlyMemory<byte> line)
    {
        var type = Text(line, "type"u8);
        // A reasoning message is stored before the answer, so it does not complete the answer's tokens.
        (type == TranscriptMessage.Reasoning ? _reasoning : _answer).Clear();
        if (type == TranscriptMessage.Bot)
            _lastAnswer = (Text(line, "id"u8), Text(line, "text"u8) ?? "");
    }

    private static string? Text(ReadOnlyMemory<byte> line, ReadOnlySpan<byte> property)
    {
        using var document = JsonDocument.Parse(line, JsonRules.Stored);
        return document.RootElement.GetProperty("data"u8).TryGetProperty(property, out var value) ? value.GetString() : null;
    }
}
