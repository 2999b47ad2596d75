using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.DueWork;

/// <summary>
/// Does the work of one kind. An item is handed out until it is finished: again after a failure, and after the process was killed. So
/// what is done to the database is returned as an effect, which is stored together with the end of the item, and what is done outside
/// carries the key and the time of the item, by which a receiver can tell a repetition.
/// </summary>
internal interface IDueWorkHandler
{
    /// <summary>The kind: lower-case letters, digits and hyphens.</summary>
    string Kind { get; }

    /// <summary>
    /// How many items are worked on at a time in this process. Each waits for two commits, so what only changes the database and is
    /// much needs many.
    /// </summary>
    int AtOnce => 8;

    /// <summary>After so many attempts that fail, an item becomes a dead letter.</summary>
    int Attempts => 10;

    /// <summary>
    /// When the one item of the kind comes, which the server keeps by itself and which never dies; null when items are stored by
    /// others.
    /// </summary>
    Recurrence? Recurrence => null;

    /// <summary>Works on an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellationToken">The token that cancels the work when the server stops or the lease is lost.</param>
    /// <returns>What is to be stored.</returns>
    Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken);
}

/// <summary>An item as its handler sees it.</summary>
/// <param name="Row">The item as it was taken.</param>
internal sealed record DueWorkItem(DueWorkRow Row)
{
    public string Key => Row.Key;

    public string Payload => Row.Payload;

    /// <summary>The number of this attempt, from 1 on.</summary>
    public int Attempt => Row.Attempt;

    /// <summary>The time that the item was meant for, the same at each attempt.</summary>
    public DateTimeOffset ScheduledAt => DateTimeOffset.FromUnixTimeMilliseconds(Row.ScheduledAt);
}

/// <summary>How an item ends that was worked on.</summary>
internal sealed class DueWorkResult
{
    private DueWorkResult(Func<ISqlTransaction, ValueTask>? effect) => Effect = effect;

    /// <summary>The item is done. One that recurs comes again at its next time.</summary>
    public static DueWorkResult Done { get; } = new(effect: null);

    /// <summary>What is stored in the transaction that ends the item; null for nothing.</summary>
    public Func<ISqlTransaction, ValueTask>? Effect { get; }

    /// <summary>When the item comes again; null for the time that follows from its kind.</summary>
    public (DateTimeOffset At, string Payload)? Next { get; private init; }

    /// <summary>The item is done when this is stored. It may run more than once, so it has no effect but on the transaction.</summary>
    public static DueWorkResult With(Func<ISqlTransaction, ValueTask> effect) => new(effect);

    /// <summary>The item comes again.</summary>
    /// <param name="at">When.</param>
    /// <param name="payload">With this payload.</param>
    /// <param name="effect">What is stored together with that; null for nothing.</param>
    public static DueWorkResult Again(DateTimeOffset at, string payload, Func<ISqlTransaction, ValueTask>? effect = null) =>
        new(effect) { Next = (at, payload) };
}
