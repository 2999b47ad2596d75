using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Features.Digests.Idle;

/// <summary>
/// Finds the conversations that have become idle, every minute: it logs their events and starts the integrations of their bots.
/// </summary>
/// <remarks>
/// A conversation is idle when its last message is old enough. Every message is looked at once: the payload of the item is the id up to
/// which messages were looked at, and it is stored in the transaction of the events and the started work. So each quiet period has its effect
/// once, whenever a process is killed, and messages cost nothing when they are stored.
/// </remarks>
internal sealed class IdleWork(IStore store, IdleDigests digests, IdleOptions options, TimeProvider time) : IDueWorkHandler
{
    /// <summary>The maximum number of messages of a transaction. When there are more, the next one follows at once.</summary>
    public const int PieceSize = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public string Kind => "conversation-idle";

    public int AtOnce => 1;

    /// <summary>Null when it is switched off; an item of an earlier start then ends.</summary>
    public Recurrence? Recurrence { get; } = options.After > TimeSpan.Zero ? Recurrence.Every(Interval) : null;

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        if (Recurrence is null)
            return DueWorkResult.Done;
        var now = time.GetUtcNow();
        var before = Ids.Before((now - options.After).ToUnixTimeMilliseconds());
        // The first time begins with the messages that became old enough since the server has had this work.
        var after = item.Payload.Length > 0 ? item.Payload : Ids.Before((item.ScheduledAt - Interval - options.After).ToUnixTimeMilliseconds());
        var next = Recurrence.NextAfter(item.ScheduledAt, now)!.Value;
        // The setting may have grown, or the clock may have been set back: those messages were looked at.
        if (string.CompareOrdinal(after, before) >= 0)
            return DueWorkResult.Again(next, after);
        var (piece, started) = await store.QueryAsync(db => ReadAsync(db, after, before), cancellationToken);
        return DueWorkResult.Again(piece.IsLast ? next : now, piece.End, db => StoreAsync(db, piece, started, now));
    }

    private async ValueTask<(IdlePiece Piece, IReadOnlyList<StartedDigest> Started)> ReadAsync(ISqlSession db, string after, string before)
    {
        var piece = await db.FindIdleAsync(after, before, PieceSize);
        return (piece, await digests.FindAsync(db, piece.Conversations));
    }

    private static async ValueTask StoreAsync(ISqlTransaction db, IdlePiece piece, IReadOnlyList<StartedDigest> started, DateTimeOffset now)
    {
        foreach (var (conversation, _) in piece.Conversations)
            await db.LogAsync(conversation.Event(EventTypes.ConversationIdle, now.ToUnixTimeMilliseconds()));
        foreach (var one in started)
            await db.EnsureDueWorkAsync(one.ToWork(now));
    }
}
