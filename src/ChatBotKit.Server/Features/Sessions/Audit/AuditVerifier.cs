using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Features.Sessions.Audit;

/// <summary>Checks one record of a chain after the other, from the first on, and keeps no more than the last hash.</summary>
internal sealed class AuditVerifier
{
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

    public void Add(AuditRow record)
    {
        var expected = ++_records;
        // Where one is missing the number that should be there is told, and where one is too many its own.
        if (_brokenAt is null && !Follows(record, expected))
            _brokenAt = Math.Min(record.Number, expected);
        _head = record.Hash;
    }

    private bool Follows(AuditRow record, long expected) =>
        record.Number == expected
        && record.PreviousHash.AsSpan().SequenceEqual(_head ?? _beginning)
        && IsTime(record.CreatedAt)
        && record.ToItem().ComputeHash() == Convert.ToHexStringLower(record.Hash);

    /// <summary>A number that is no time can't be shown as one.</summary>
    private static bool IsTime(long milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
}
