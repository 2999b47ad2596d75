using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The result of a run.</summary>
/// <param name="Text">The bot's last message.</param>
/// <param name="MessageId">The id of that message; null when it is not stored.</param>
/// <param name="Usage">The tokens that the run has used.</param>
/// <param name="Reason">The reason of the end: one of <see cref="EndReasons"/>.</param>
internal sealed record RunResult(string Text, string? MessageId, UsageCounter Usage, string Reason)
{
    /// <summary>Reports the result in the two events at the end of a run.</summary>
    /// <param name="events">The events of the run.</param>
    /// <param name="kind">One of <see cref="RunKinds"/>.</param>
    /// <param name="isStored">Whether the run belongs to a stored conversation, so that its result has an id.</param>
    /// <param name="rows">Adds rows that are stored with the last event.</param>
    public void Emit(RunEvents events, string kind, bool isStored, Action<PendingRows>? rows)
    {
        events.Emit("receiveResult", json => Write(json, withEnd: true));
        events.Emit("result", json =>
        {
            if (isStored)
                json.WriteString("id"u8, MessageId ?? "msg-" + Ids.Short());
            Write(json, withEnd: kind != RunKinds.Receive);
        }, rows);
    }

    private void Write(Utf8JsonWriter json, bool withEnd)
    {
        json.WriteString("text"u8, Text);
        Usage.Write(json);
        if (!withEnd)
            return;
        json.WriteStartObject("end"u8);
        json.WriteString("reason"u8, Reason);
        json.WriteEndObject();
    }
}
