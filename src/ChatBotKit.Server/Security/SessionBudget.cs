using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Security;

/// <summary>What one session has used of its limits, with what is under way. Thread-safe.</summary>
internal sealed class SessionBudget(SessionLimits limits, SessionEntity row, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Queue<long> _requests = new();
    private int _messages = row.UsedMessages;
    private long _tokens = row.UsedTokens;
    private long _attachmentBytes = row.UsedAttachmentBytes;
    private long _endsAt = row.ExpiresAt;

    /// <summary>The end of the session, in milliseconds.</summary>
    public long EndsAt => Volatile.Read(ref _endsAt);

    /// <param name="endsAt">The session's end as it is now: a refresh may have moved it.</param>
    /// <exception cref="ApiException">429: too many requests within a minute.</exception>
    public void CountRequest(long endsAt)
    {
        Volatile.Write(ref _endsAt, endsAt);
        if (limits.RequestsPerMinute is not { } limit)
            return;
        lock (_gate)
        {
            var now = time.GetTimestamp();
            while (_requests.TryPeek(out var first) && time.GetElapsedTime(first, now) >= Minute)
                _requests.Dequeue();
            if (_requests.Count >= limit)
            {
                throw new ApiException(
                    ErrorCode.SessionRateLimit, $"The session may make {limit} request(s) a minute",
                    Minute - time.GetElapsedTime(_requests.Peek(), now));
            }

            _requests.Enqueue(now);
        }
    }

    /// <summary>Reserves room for a message of the holder.</summary>
    /// <exception cref="ApiException">429: the session has sent as many as it may.</exception>
    public SessionTake TakeMessage()
    {
        lock (_gate)
        {
            if (_messages >= limits.Messages)
                throw UsedUp(ErrorCode.SessionMessageLimit, $"The session has sent as many messages as it may ({limits.Messages})");
            _messages++;
            return new SessionTake(this, messages: 1, attachmentBytes: 0);
        }
    }

    /// <summary>Reserves room for a file of the holder.</summary>
    /// <exception cref="ApiException">429: with this file it would be more than the session may add.</exception>
    public SessionTake TakeAttachment(long bytes)
    {
        lock (_gate)
        {
            if (bytes > limits.AttachmentBytes - _attachmentBytes)
            {
                throw UsedUp(
                    ErrorCode.SessionAttachmentLimit,
                    $"The session may add files of {limits.AttachmentBytes} bytes in all; {_attachmentBytes} are used");
            }

            _attachmentBytes += bytes;
            return new SessionTake(this, messages: 0, bytes);
        }
    }

    /// <summary>Why no run may start; null while there are tokens left.</summary>
    public ApiException? WithoutTokens()
    {
        lock (_gate)
        {
            return _tokens >= limits.Tokens
                ? UsedUp(ErrorCode.SessionTokenLimit, $"The session has used up its {limits.Tokens} token(s)")
                : null;
        }
    }

    /// <summary>Counts what a run has used; more than was left is no failure, since the run is done.</summary>
    public void AddTokens(long tokens)
    {
        lock (_gate)
            _tokens += tokens;
    }

    public void GiveBack(int messages, long attachmentBytes)
    {
        lock (_gate)
        {
            _messages -= messages;
            _attachmentBytes -= attachmentBytes;
        }
    }

    private ApiException UsedUp(ErrorCode code, string message)
    {
        var left = EndsAt - time.GetUtcNow().ToUnixTimeMilliseconds();
        return new(code, message, TimeSpan.FromMilliseconds(Math.Max(left, 0)));
    }
}

/// <summary>A part of a session's limits that is reserved for something under way; given back unless it is kept.</summary>
internal sealed class SessionTake(SessionBudget budget, int messages, long attachmentBytes) : IDisposable
{
    private int _settled;

    /// <summary>What it was for is stored.</summary>
    public void Keep() => Interlocked.Exchange(ref _settled, 1);

    /// <summary>Leaves it to somebody else to keep it or to give it back.</summary>
    public SessionTake Pass()
    {
        Keep();
        return new SessionTake(budget, messages, attachmentBytes);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
            budget.GiveBack(messages, attachmentBytes);
    }
}
