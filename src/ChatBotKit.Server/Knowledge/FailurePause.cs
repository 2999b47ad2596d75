namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Keeps calls away from a service that failed a moment ago. Otherwise each search would wait until the limit for a service that is down.
/// </summary>
internal sealed class FailurePause(TimeProvider time)
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    private long _until;

    /// <summary>Whether the last failure was a moment ago.</summary>
    public bool IsOn => Now() < Interlocked.Read(ref _until);

    /// <summary>Takes note of a failure.</summary>
    /// <param name="retryAfter">How long the service asks to wait; null when it does not say so.</param>
    public void Begin(TimeSpan? retryAfter = null)
    {
        var length = retryAfter > Length ? retryAfter.Value : Length;
        Interlocked.Exchange(ref _until, Now() + (long)Math.Min(length.TotalMilliseconds, TimeSpan.FromMinutes(5).TotalMilliseconds));
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
