using System.Text.Json;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Creates the stored messages of a run. A stateless run has none.</summary>
internal interface IRunRecorder
{
    /// <summary>Creates the row of a message, with its position in the conversation; null when messages are not stored.</summary>
    MessageRow? NewMessage(NewMessage message);

    /// <summary>Creates an entry of the event log about the conversation of the run.</summary>
    EventEntry NewEvent(string type);

    /// <summary>Creates what marks the conversation as one with a flagged message.</summary>
    MetaMember NewMark(Abuse abuse);
}

/// <summary>Writes the events of a run to its log. Thread-safe, because tools report concurrently.</summary>
internal sealed class RunEvents(AppendLog log, IRunRecorder? recorder)
{
    private int _sinceFlush;

    public AppendLog Log { get; } = log;

    public void Token(string text) => Log.AppendToken("token"u8, text);

    public void ReasoningToken(string text) => Log.AppendToken("reasoningToken"u8, text);

    /// <summary>Reports the message at the beginning of the run, and stores it with the event.</summary>
    public void Asked(MessageRow question, SessionUse? use, EventEntry entry) =>
        Emit("sendResult", json => SendResult.Write(json, question.Id, question.Text, question.Entities), rows =>
        {
            rows.Add(question);
            rows.Add(use);
            rows.Add(entry);
        });

    /// <summary>Reports a complete message. In a stateful run the message is stored with the event.</summary>
    /// <param name="type">The message type.</param>
    /// <param name="text">The text.</param>
    /// <param name="meta">The meta as JSON text.</param>
    /// <param name="answerFrom">Who may answer the function call in the message; null when it has none.</param>
    /// <param name="entities">The personal data in the text, as JSON text; null for none.</param>
    /// <returns>The id of the stored message.</returns>
    public string? Message(string type, string text, string? meta = null, string? answerFrom = null, string? entities = null) =>
        Message(new NewMessage(type, text) { Meta = meta, AnswerFrom = answerFrom, Entities = entities });

    /// <summary>
    /// Reports that moderation has flagged the user's message. In a stateful run the report and <c>meta.abuse</c> of the conversation are
    /// stored together.
    /// </summary>
    public void Flagged(Abuse abuse) => Message(abuse.ToMessage(), recorder is null ? null : rows =>
    {
        rows.Add(recorder.NewMark(abuse));
        rows.Add(recorder.NewEvent(EventTypes.ConversationUpdate));
    });

    /// <summary>Reports an event with the given data.</summary>
    /// <param name="type">The event's type.</param>
    /// <param name="data">Writes the properties of its data.</param>
    /// <param name="rows">Adds rows that are stored with it.</param>
    public void Emit(string type, Action<Utf8JsonWriter>? data = null, Action<PendingRows>? rows = null) =>
        Log.Append(type, data, rows);

    /// <summary>
    /// Flushes pending events. The loop calls this when no more input of the model is available at once. Until then events are
    /// collected, so that a burst costs one commit and one write.
    /// </summary>
    public void InputUsedUp()
    {
        _sinceFlush = 0;
        Log.Flush();
    }

    /// <summary>Counts a piece of text, so that a source without pauses is flushed periodically too.</summary>
    public void PieceAdded()
    {
        if (++_sinceFlush >= 64)
            InputUsedUp();
    }

    private string? Message(NewMessage message, Action<PendingRows>? more = null)
    {
        var row = recorder?.NewMessage(message);
        Emit("message", json =>
        {
            if (row is not null)
                json.WriteString("id"u8, row.Id);
            json.WriteString("type"u8, message.Type);
            json.WriteString("text"u8, message.Text);
            json.WritePropertyName("meta"u8);
            json.WriteRawValue(message.Meta ?? "{}");
        }, row is null ? null : rows =>
        {
            Add(rows, row);
            more?.Invoke(rows);
        });
        return row?.Id;
    }

    private void Add(PendingRows rows, MessageRow message)
    {
        rows.Add(message);
        rows.Add(recorder!.NewEvent(EventTypes.MessageCreate));
        if (message.Type == TranscriptMessage.Bot)
            rows.Add(recorder.NewEvent(EventTypes.MessageSent));
    }
}
