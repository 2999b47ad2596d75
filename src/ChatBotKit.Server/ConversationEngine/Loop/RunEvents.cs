using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Keeps the messages that a run makes. A stateless run has nobody who does.</summary>
internal interface IRunRecorder
{
    /// <summary>The message as a row, with its place in the conversation; null when nothing is kept.</summary>
    MessageRow? NewMessage(string type, string text, string? meta, string? answerFrom);
}

/// <summary>What a run says, as events of its log. Thread-safe: tools report while others do.</summary>
internal sealed class RunEvents(AppendLog log, IRunRecorder? recorder)
{
    private int _sinceFlush;

    public AppendLog Log { get; } = log;

    public void Token(string text) => Log.AppendToken("token"u8, text);

    public void ReasoningToken(string text) => Log.AppendToken("reasoningToken"u8, text);

    /// <summary>Reports the message that the run begins with, and stores it with the event.</summary>
    public void Asked(MessageRow question, SessionUse? use) =>
        Emit("sendResult", json => SendResult.Write(json, question.Id, question.Text, question.Entities), rows =>
        {
            rows.Add(question);
            rows.Add(use);
        });

    /// <summary>Reports a whole message and, when the run is stateful, stores it with the event.</summary>
    /// <param name="type">The message type.</param>
    /// <param name="text">The text.</param>
    /// <param name="meta">Its data as JSON text.</param>
    /// <param name="answerFrom">Who may answer the function call that it is; null for none.</param>
    /// <returns>The stored message's id.</returns>
    public string? Message(string type, string text, string? meta = null, string? answerFrom = null)
    {
        var row = recorder?.NewMessage(type, text, meta, answerFrom);
        Emit("message", json =>
        {
            if (row is not null)
                json.WriteString("id"u8, row.Id);
            json.WriteString("type"u8, type);
            json.WriteString("text"u8, text);
            json.WritePropertyName("meta"u8);
            json.WriteRawValue(meta ?? "{}");
        }, row is null ? null : rows => rows.Add(row));
        return row?.Id;
    }

    /// <summary>Reports an event with the given data.</summary>
    /// <param name="type">The event's type.</param>
    /// <param name="data">Writes the properties of its data.</param>
    /// <param name="rows">Rows that are stored with it.</param>
    public void Emit(string type, Action<Utf8JsonWriter>? data = null, Action<PendingRows>? rows = null) =>
        Log.Append(type, data, rows);

    /// <summary>
    /// To be called when the model has nothing more at hand: what it said is sent on its way. While it has, events
    /// gather, so that a burst costs one commit and one write.
    /// </summary>
    public void InputUsedUp()
    {
        _sinceFlush = 0;
        Log.Flush();
    }

    /// <summary>To be called per piece of text, so that a source that never pauses is flushed now and then too.</summary>
    public void PieceAdded()
    {
        if (++_sinceFlush >= 64)
            InputUsedUp();
    }
}
