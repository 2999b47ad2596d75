using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Security;

/// <summary>The state of a signing key at a given time, in Unix milliseconds.</summary>
internal static class KeyLife
{
    /// <summary>How long a verifier may cache the published list of keys.</summary>
    public static readonly TimeSpan ListMaxAge = TimeSpan.FromSeconds(300);

    /// <summary>How long a key is published before the schedule lets it sign: twice as long as a verifier may cache the list.</summary>
    public static readonly TimeSpan PublishedAhead = 2 * ListMaxAge;

    // The margin covers a token that is being signed at the moment in which its key retires.
    private static readonly TimeSpan LongestToken = TimeSpan.FromSeconds(SessionLife.MaxSeconds) + TimeSpan.FromMinutes(1);

    public static bool IsPending(this SigningKeyRow key, long now) =>
        key.ActiveFrom > now && key.RevokedAt is null && key.RetiredAt is null;

    public static bool Signs(this SigningKeyRow key, long now) =>
        key.ActiveFrom <= now && key.RevokedAt is null && !(key.RetiredAt <= now);

    /// <summary>Whether tokens that the key has signed, or will sign, can be valid.</summary>
    public static bool IsTrusted(this SigningKeyRow key, long now) =>
        key.RevokedAt is null && !(key.RetiredAt < key.ActiveFrom) && !(key.EndsAt() <= now);

    /// <summary>Returns the next time at which one of these states changes; <see cref="long.MaxValue"/> when none will.</summary>
    public static long ChangesAt(this SigningKeyRow key, long now)
    {
        ReadOnlySpan<long?> changes = [key.ActiveFrom, key.RetiredAt, key.EndsAt()];
        var next = long.MaxValue;
        foreach (var change in changes)
            next = change > now ? Math.Min(next, change.Value) : next;
        return next;
    }

    public static SessionKeyItem ToItem(this SigningKeyRow key, long now) => new()
    {
        Id = key.Id,
        Status = key switch
        {
            { RevokedAt: not null } => "revoked",
            _ when key.IsPending(now) => "pending",
            _ => key.Signs(now) ? "active" : "retired",
        },
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(key.CreatedAt),
        ActiveFrom = DateTimeOffset.FromUnixTimeMilliseconds(key.ActiveFrom),
        RetiredAt = key.RetiredAt <= now ? DateTimeOffset.FromUnixTimeMilliseconds(key.RetiredAt.Value) : null,
        RevokedAt = key.RevokedAt is { } revoked ? DateTimeOffset.FromUnixTimeMilliseconds(revoked) : null,
    };

    private static long? EndsAt(this SigningKeyRow key) => key.RetiredAt + (long)LongestToken.TotalMilliseconds;
}
