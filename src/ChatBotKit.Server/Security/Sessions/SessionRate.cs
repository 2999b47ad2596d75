namespace ChatBotKit.Server.Security;

/// <summary>Lets so many through at once, and one more in each span of time from then on. For one caller at a time.</summary>
internal sealed class SessionRate(int atOnce, TimeSpan each, TimeProvider time)
{
    private int _taken;
    private long _filledAt = time.GetTimestamp();

    /// <returns>Null when it goes through, or how long to wait.</returns>
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
