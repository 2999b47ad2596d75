namespace ChatBotKit.Server.Security;

/// <summary>
/// The open streams of one session, and one timer for them all, which rings when the session is to be looked at again. Not
/// thread-safe: its owner holds a lock.
/// </summary>
internal sealed class OpenSession(string sessionId, string conversationId, TimeProvider time, Action<string> ring) : IDisposable
{
    private ITimer? _timer;
    private long _moment = long.MaxValue;

    public string ConversationId => conversationId;

    public HashSet<SessionStream> Streams { get; } = [];

    /// <summary>Sets the timer, in Unix milliseconds. An earlier moment stays: when it comes, the session is looked at anyway.</summary>
    public void Arm(long moment)
    {
        if (_moment <= moment)
            return;
        _moment = moment;
        var due = TimeSpan.FromMilliseconds(Math.Max(1, moment - time.GetUtcNow().ToUnixTimeMilliseconds()));
        if (_timer is null)
            _timer = time.CreateTimer(_ => ring(sessionId), null, due, Timeout.InfiniteTimeSpan);
        else
            _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The timer has rung, and may be set to any moment.</summary>
    public void Disarm() => _moment = long.MaxValue;

    public void Dispose() => _timer?.Dispose();
}
