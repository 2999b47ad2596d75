using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Security;

/// <summary>What a signing key is good for at a given time, in milliseconds.</summary>
internal static class KeyLife
{
    /// <summary>How long a verifier may use the published list of keys without asking again.</summary>
    public static readonly TimeSpan ListMaxAge = TimeSpan.FromSeconds(300);

    /// <summary>How long a key is published before the schedule lets it sign: twice as long as a verifier may keep the old list.</summary>
    public static readonly TimeSpan PublishedAhead = 2 * ListMaxAge;

    // A token that is being signed when its key retires may be a little later than that.
    private static readonly TimeSpan LongestToken = TimeSpan.FromSeconds(SessionLife.MaxSeconds) + TimeSpan.FromMinutes(1);

    public static bool IsPending(this SigningKeyRow key, long now) =>
        key.ActiveFrom > now && key.RevokedAt is null && key.RetiredAt is null;

    public static bool Signs(this SigningKeyRow key, long now) =>
        key.ActiveFrom <= now && key.RevokedAt is null && !(key.RetiredAt <= now);

    /// <summary>Whether a token that it signed, or will sign, can be good.</summary>
    public static bool IsTrusted(this SigningKeyRow key, long now) =>
        key.RevokedAt is null && !(key.RetiredAt < key.ActiveFrom) && !(key.EndsAt() <= now);

    /// <summary>The next time at which one of the answers above changes by itself; the end of time when none does.</summary>
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
