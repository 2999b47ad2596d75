namespace ChatBotKit.Server.DueWork;

/// <summary>How long leases and pauses are.</summary>
internal static class DueWorkTimes
{
    /// <summary>A worker that has not been heard of for so long has lost its items.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause after a failure.</summary>
    public static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The pause after an attempt that failed: twice as long after each, and by chance up to half shorter, so that what failed together
    /// is not tried together.
    /// </summary>
    /// <param name="attempt">The number of the attempt, from 1 on.</param>
    /// <param name="chance">A number from 0 to 1.</param>
    public static TimeSpan PauseAfter(int attempt, double chance)
    {
        var pause = FirstPause * Math.Pow(2, Math.Clamp(attempt - 1, 0, 30));
        return (pause < MaxPause ? pause : MaxPause) * (1 - (chance / 2));
    }
}
