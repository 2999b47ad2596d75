using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>What came of a run.</summary>
/// <param name="Text">The bot's last message.</param>
/// <param name="MessageId">Its id; null when it is not stored.</param>
/// <param name="Usage">What it cost.</param>
/// <param name="Reason">Why the run ended: one of <see cref="EndReasons"/>.</param>
internal sealed record RunResult(string Text, string? MessageId, UsageCounter Usage, string Reason)
{
    /// <summary>Reports it in the two events that a run ends with.</summary>
    /// <param name="events">What the run says.</param>
    /// <param name="kind">One of <see cref="RunKinds"/>.</param>
    /// <param name="isStored">Whether the run belongs to a stored conversation, so that its result has an id.</param>
    /// <param name="rows">Rows that are stored with the last of them.</param>
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
