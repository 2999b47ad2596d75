namespace ChatBotKit.Server.Security;

/// <summary>A rate limiter: allows a number of calls at once, and after that one more per interval. Not thread-safe.</summary>
internal sealed class SessionRate(int atOnce, TimeSpan each, TimeProvider time)
{
    private int _taken;
    private long _filledAt = time.GetTimestamp();

    /// <summary>Whether the limiter allows as many calls as a new one.</summary>
    public bool IsUnused => _taken == 0 || time.GetElapsedTime(_filledAt) / each >= _taken;

    /// <returns>Null when the call is allowed; otherwise how long to wait.</returns>
    public TimeSpan? Take()
    {
        var givenBack = Math.Min((long)(time.GetElapsedTime(_filledAt) / each), _taken);
        if (givenBack > 0)
            _taken -= (int)givenBack;
        if (givenBack > 0 || _taken == 0)
            _filledAt = time.GetTimestamp();
        if (_taken == atOnce)
            return each - time.GetElapsedTime(_filledAt);
        _taken++;
        return null;
    }
}
