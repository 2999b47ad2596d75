namespace ChatBotKit.Server.DueWork;

/// <summary>The lengths of leases and of the backoff.</summary>
internal static class DueWorkTimes
{
    /// <summary>The length of a lease. A worker that has not renewed its lease for this time loses the item.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause after a failure.</summary>
    public static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Returns the pause after an attempt that failed. The pause doubles with each attempt up to <see cref="MaxPause"/>. Jitter shortens
    /// the pause by up to half, so that items that failed together are not retried together.
    /// </summary>
    /// <param name="attempt">The number of the attempt, starting at 1.</param>
    /// <param name="chance">A random number from 0 to 1.</param>
    public static TimeSpan PauseAfter(int attempt, double chance)
    {
        var pause = FirstPause * Math.Pow(2, Math.Clamp(attempt - 1, 0, 30));
        return (pause < MaxPause ? pause : MaxPause) * (1 - (chance / 2));
    }
}
