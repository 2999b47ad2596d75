namespace ChatBotKit.Server.Security;

/// <summary>
/// The open streams of one session, with one timer for all of them. The timer calls <paramref name="ring"/> when the session must
/// be checked again. Not thread-safe: the owner holds a lock.
/// </summary>
internal sealed class OpenSession(string sessionId, string conversationId, TimeProvider time, Action<string> ring) : IDisposable
{
    private ITimer? _timer;
    private long _moment = long.MaxValue;

    public string ConversationId => conversationId;

    public HashSet<SessionStream> Streams { get; } = [];

    /// <summary>Sets the timer, in Unix milliseconds. An earlier time is kept, because the session is checked then anyway.</summary>
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

    /// <summary>Marks the timer as fired, so that it can be set to any time.</summary>
    public void Disarm() => _moment = long.MaxValue;

    public void Dispose() => _timer?.Dispose();
}
