namespace ChatBotKit.Server.Data;

/// <summary>A row of the table of spans.</summary>
internal readonly record struct EventSpan(string AccountId, string Target, long Span);

/// <summary>
/// The rows of the newest span that are stored already, so that a writer does not store them with each event again. It forgets them when a
/// newer span begins. A row that it does not know is stored again, which changes nothing. Not thread-safe.
/// </summary>
internal sealed class KnownSpans
{
    private const int Capacity = 20_000;

    private readonly HashSet<EventSpan> _known = [];
    private long _newest;

    /// <summary>Whether the row is stored for certain.</summary>
    public bool Has(in EventSpan span) => span.Span == _newest && _known.Contains(span);

    /// <summary>Notes that the row is stored, or will be with the current transaction. After a rollback <see cref="Forget"/> must follow.</summary>
    public void Add(in EventSpan span)
    {
        if (span.Span > _newest)
        {
            _known.Clear();
            _newest = span.Span;
        }

        if (span.Span == _newest && _known.Count < Capacity)
            _known.Add(span);
    }

    public void Forget() => _known.Clear();
}
