using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.DueWork;

/// <summary>
/// Does the work of one kind. Delivery is at least once: an item is handed out again after a failure, and after its process was killed.
/// </summary>
/// <remarks>
/// Changes to the database are returned as an effect, which is stored in the transaction that ends the item. Calls to other systems
/// must carry the key and the scheduled time of the item, so that the receiver can recognize a repetition.
/// </remarks>
internal interface IDueWorkHandler
{
    /// <summary>The kind, which consists of lower-case ASCII letters, digits and hyphens.</summary>
    string Kind { get; }

    /// <summary>
    /// The maximum number of items that this process works on at a time. Each item waits for two commits, so a kind with many items that
    /// only change the database needs a high limit.
    /// </summary>
    int AtOnce => 8;

    /// <summary>The number of failed attempts after which an item becomes a dead letter.</summary>
    int Attempts => 10;

    /// <summary>The time after which an attempt is cancelled and has failed, so that work that hangs does not keep its place.</summary>
    TimeSpan Limit => TimeSpan.FromHours(1);

    /// <summary>
    /// The times at which the work recurs. The kind then has one item, which the server stores itself and which never becomes a dead
    /// letter. Null when features store the items.
    /// </summary>
    Recurrence? Recurrence => null;

    /// <summary>Works on an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellationToken">The token that cancels the work when the server stops, the lease is lost, or the limit is reached.</param>
    /// <returns>The result to store.</returns>
    Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken);

    /// <summary>
    /// Returns what ends an item whose last permitted attempt has failed, or has ended with its process. Null, the default, keeps the item
    /// as a dead letter for the operator. A kind whose state an owner sees, and can start again, ends it here.
    /// </summary>
    /// <param name="item">The item.</param>
    DueWorkResult? GiveUp(DueWorkItem item) => null;
}

/// <summary>An item as its handler sees it.</summary>
/// <param name="Row">The item as it was taken.</param>
internal sealed record DueWorkItem(DueWorkRow Row)
{
    public string Key => Row.Key;

    public string Payload => Row.Payload;

    /// <summary>The number of this attempt, starting at 1.</summary>
    public int Attempt => Row.Attempt;

    /// <summary>The time for which the item was scheduled. It is the same in each attempt.</summary>
    public DateTimeOffset ScheduledAt => DateTimeOffset.FromUnixTimeMilliseconds(Row.ScheduledAt);
}

/// <summary>The result of a successful attempt.</summary>
internal sealed class DueWorkResult
{
    private DueWorkResult(Func<ISqlTransaction, ValueTask>? effect) => Effect = effect;

    /// <summary>The result without an effect: the item is done. A recurring item is due again at its next time.</summary>
    public static DueWorkResult Done { get; } = new(effect: null);

    /// <summary>The change to store in the transaction that ends the item; null for none.</summary>
    public Func<ISqlTransaction, ValueTask>? Effect { get; }

    /// <summary>The next due time and payload; null to use the recurrence of the kind, or to finish an item without one.</summary>
    public (DateTimeOffset At, string Payload)? Next { get; private init; }

    /// <summary>Creates a result with an effect: the item is done when the effect is stored.</summary>
    /// <param name="effect">The change to store. The store may call it repeatedly, so it must change only the transaction.</param>
    public static DueWorkResult With(Func<ISqlTransaction, ValueTask> effect) => new(effect);

    /// <summary>Creates a result that makes the item due again.</summary>
    /// <param name="at">The next due time.</param>
    /// <param name="payload">The payload of the item from then on.</param>
    /// <param name="effect">The change to store in the same transaction; null for none.</param>
    public static DueWorkResult Again(DateTimeOffset at, string payload, Func<ISqlTransaction, ValueTask>? effect = null) =>
        new(effect) { Next = (at, payload) };
}
