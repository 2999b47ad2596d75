namespace ChatBotKit.Server.Data.Rows;

/// <summary>Verifies the records of a chain one after the other, from the first one on. Only the last hash is kept.</summary>
internal sealed class AuditVerifier
{
    private const int PageSize = 500;

    private readonly byte[] _beginning = new byte[32];
    private byte[]? _head;
    private long _records;
    private long? _brokenAt;

    public SessionAuditVerification Result => new()
    {
        Valid = _brokenAt is null,
        Records = _records,
        Head = _head is null ? null : Convert.ToHexStringLower(_head),
        BrokenAt = _brokenAt,
    };

    /// <summary>Verifies a chain that is read in pages.</summary>
    /// <param name="readAsync">Reads the records after a number, or from the first one on when the number is null, and at most the given number of them.</param>
    public static async ValueTask<SessionAuditVerification> VerifyAsync(Func<long?, int, ValueTask<List<AuditRow>>> readAsync)
    {
        var (verifier, after, page) = (new AuditVerifier(), (long?)null, new List<AuditRow>());
        do
        {
            page = await readAsync(after, PageSize);
            page.ForEach(verifier.Add);
            after = page is [.., var last] ? last.Number : after;
        }
        while (page.Count == PageSize);
        return verifier.Result;
    }

    public void Add(AuditRow record)
    {
        var expected = ++_records;
        // For a missing record this is the number that should be there; for a surplus record it is its own number.
        if (_brokenAt is null && !Follows(record, expected))
            _brokenAt = Math.Min(record.Number, expected);
        _head = record.Hash;
    }

    private bool Follows(AuditRow record, long expected) =>
        record.Number == expected
        && record.PreviousHash.AsSpan().SequenceEqual(_head ?? _beginning)
        && IsTime(record.CreatedAt)
        && record.ToItem().ComputeHash() == Convert.ToHexStringLower(record.Hash);

    /// <summary>Whether the number is in the range of times. Otherwise the record can't be converted to an item.</summary>
    private static bool IsTime(long milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
}
