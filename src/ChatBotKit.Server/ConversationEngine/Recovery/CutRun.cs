using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The progress of an interrupted run, reconstructed from its log line by line.</summary>
internal sealed class CutRun(string? questionId)
{
    private readonly StringBuilder _answer = new();
    private readonly StringBuilder _reasoning = new();

    /// <summary>Whether the first message of the run is stored.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>The unfinished answer: the tokens after the last message.</summary>
    public string Answer => _answer.ToString();

    /// <summary>The last answer that became a message: its id, which is null in a run without a conversation, and its text.</summary>
    public (string? Id, string Text) LastAnswer { get; private set; } = (null, "");

    /// <summary>The unfinished reasoning: the reasoning tokens after the last message of that type.</summary>
    public string Reasoning => _reasoning.ToString();

    public void Take(ReadOnlyMemory<byte> line)
    {
        var type = LogLines.TypeOf(line.Span);
        if (type.SequenceEqual("token"u8))
            _answer.Append(Text(line, "token"u8));
        else if (type.SequenceEqual("reasoningToken"u8))
            _reasoning.Append(Text(line, "token"u8));
        else if (type.SequenceEqual("message"u8))
            TakeMessage(line);
        else if (type.SequenceEqual("sendResult"u8) && questionId is not null && Text(line, "id"u8) == questionId)
            IsAsked = true;
        else if (type.SequenceEqual("result"u8))
            Clear();
    }

    /// <summary>Resets the state at the start of a run, because the log of a channel also has earlier runs.</summary>
    private void Clear()
    {
        _answer.Clear();
        _reasoning.Clear();
        LastAnswer = (null, "");
    }

    private void TakeMessage(ReadOnlyMemory<byte> line)
    {
        var type = Text(line, "type"u8);
        // A reasoning message is stored before the answer, so it does not complete the answer's tokens.
        (type == TranscriptMessage.Reasoning ? _reasoning : _answer).Clear();
        if (type == TranscriptMessage.Bot)
            LastAnswer = (Text(line, "id"u8), Text(line, "text"u8) ?? "");
    }

    private static string? Text(ReadOnlyMemory<byte> line, ReadOnlySpan<byte> property)
    {
        using var document = JsonDocument.Parse(line, JsonRules.Stored);
        return document.RootElement.GetProperty("data"u8).TryGetProperty(property, out var value) ? value.GetString() : null;
    }
}
