using System.Text;
using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Faults.Simulation;

/// <summary>The messages and the end of a log, which is read from its first to its last line.</summary>
internal sealed class RunLog
{
    private readonly StringBuilder _said = new();
    private string _lastType = "";
    private string _answer = "";
    private int _results;
    private int _sent;
    private string? _fault;
    private int _beforeBatch;

    /// <summary>Messages that were stored according to the log. Those of a recovery may follow messages of other turns.</summary>
    public List<(string Id, string Text, bool IsRecovered)> Messages { get; } = [];

    /// <summary>Marks the start of lines that were stored together.</summary>
    public void BeginBatch() => _beforeBatch = Messages.Count;

    public void Take(ReadOnlyMemory<byte> line)
    {
        _lastType = Encoding.UTF8.GetString(LogLines.TypeOf(line.Span));
        switch (_lastType)
        {
            case "token":
                using (var token = JsonDocument.Parse(line))
                    _said.Append(token.RootElement.GetProperty("data").GetProperty("token").GetString());
                break;
            case "sendResult" or "message" or "result" or "abort":
                using (var document = JsonDocument.Parse(line))
                    Take(document.RootElement.GetProperty("data"));
                break;
        }
    }

    /// <summary>Returns the fault in the log of a run that has ended.</summary>
    public string? Fault(string reason)
    {
        if (_fault is not null)
            return _fault;
        if (_sent > 1)
            return $"its message was sent {_sent} times";
        if (_results == 0 && _lastType == "error" && reason == EndReasons.Error)
            return null;
        if (_results != 1 || _lastType != "result")
            return $"it has {_results} results, and its last event is {_lastType}";
        return _said.Length > 0 ? $"\"{_said}\" was said and became no message" : null;
    }

    private void Take(JsonElement data)
    {
        switch (_lastType)
        {
            case "sendResult":
                _sent++;
                Messages.Add((data.GetProperty("id").GetString()!, data.GetProperty("text").GetString()!, false));
                break;
            case "message":
                TakeMessage(data);
                break;
            case "abort":
                // A recovery stores all its events in one commit.
                if (data.GetProperty("reason").GetString() is RunAbort.Restart or RunAbort.Storage)
                {
                    for (var i = _beforeBatch; i < Messages.Count; i++)
                        Messages[i] = Messages[i] with { IsRecovered = true };
                }
                break;
            default:
                TakeResult(data);
                break;
        }
    }

    /// <summary>Checks that the stored answer equals the streamed one exactly.</summary>
    private void TakeMessage(JsonElement data)
    {
        var (type, text) = (data.GetProperty("type").GetString(), data.GetProperty("text").GetString()!);
        // A message without an id is not stored, because its conversation was deleted.
        if (data.TryGetProperty("id", out var id))
            Messages.Add((id.GetString()!, text, false));
        var isAnswer = type == TranscriptMessage.Bot && !data.GetProperty("meta").EnumerateObject().Any();
        if (isAnswer && text != _said.ToString())
            _fault ??= $"\"{_said}\" was said, and \"{text}\" is the message";
        if (type == TranscriptMessage.Bot)
            _answer = text;
        if (type != TranscriptMessage.Reasoning)
            _said.Clear();
    }

    /// <summary>Checks the result. It has the answer too, unless the caller must call functions first.</summary>
    private void TakeResult(JsonElement data)
    {
        _results++;
        var text = data.GetProperty("text").GetString();
        if (_answer.Length > 0 && text != _answer
            && data.TryGetProperty("end", out var end) && end.GetProperty("reason").GetString() != EndReasons.Activity)
            _fault ??= $"\"{_answer}\" is its last message, and \"{text}\" its result";
    }
}
