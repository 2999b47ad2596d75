using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>What one session has used of its limits, with what is under way. Thread-safe.</summary>
internal sealed class SessionBudget(SessionLimits limits, SessionRow row, TimeProvider time)
{
    /// <summary>A file or a published message counts for so many bytes at least: an empty one takes room, too.</summary>
    public const int SmallestFile = 256;

    /// <summary>Each refresh is an audit record, which is kept for ever: so many at once, and one a minute from then on.</summary>
    private const int Refreshes = 60;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Queue<long> _requests = new();
    private readonly SessionRate _refreshes = new(Refreshes, Minute, time);
    private int _messages = row.UsedMessages;
    private long _tokens = row.UsedTokens;
    private long _attachmentBytes = row.UsedAttachmentBytes;
    private long _endsAt = row.ExpiresAt;
    private int _underWay;

    /// <summary>The end of the session, in milliseconds.</summary>
    public long EndsAt => Volatile.Read(ref _endsAt);

    /// <summary>Whether something of the session is under way, so that its use is still counted here.</summary>
    public bool IsInUse => Volatile.Read(ref _underWay) > 0;

    /// <summary>The bytes that a file of that size counts for.</summary>
    public static long ChargeOf(long bytes) => Math.Max(bytes, SmallestFile);

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

    /// <exception cref="ApiException">429: the holder refreshes too often.</exception>
    public void CountRefresh()
    {
        lock (_gate)
        {
            if (_refreshes.Take() is { } wait)
                throw new ApiException(ErrorCode.SessionRateLimit, "The session is refreshed too often", wait);
        }
    }

    /// <summary>Reserves room for a message of the holder, or for a run without one.</summary>
    /// <param name="taken">What is reserved; null when there is no room.</param>
    /// <returns>429: the session has sent as many as it may; null when there is room.</returns>
    public ApiException? TakeMessage(out SessionTake? taken)
    {
        lock (_gate)
        {
            taken = null;
            if (_messages >= limits.Messages)
                return UsedUp(ErrorCode.SessionMessageLimit, $"The session has sent as many messages as it may ({limits.Messages})");
            _messages++;
            taken = new SessionTake(this, messages: 1, attachmentBytes: 0);
            return null;
        }
    }

    /// <summary>Reserves room for bytes that the holder adds.</summary>
    /// <param name="bytes">Their number; few count for <see cref="SmallestFile"/>.</param>
    /// <exception cref="ApiException">429: with them it would be more than the session may add.</exception>
    public SessionTake TakeAttachment(long bytes) => TakeAttachment(bytes, out var taken) is { } refusal ? throw refusal : taken!;

    /// <summary>Reserves room for bytes that the holder adds.</summary>
    /// <param name="bytes">Their number; few count for <see cref="SmallestFile"/>.</param>
    /// <param name="taken">What is reserved; null when there is no room.</param>
    /// <returns>429: with them it would be more than the session may add; null when there is room.</returns>
    public ApiException? TakeAttachment(long bytes, out SessionTake? taken)
    {
        var charge = ChargeOf(bytes);
        lock (_gate)
        {
            taken = null;
            if (charge > limits.AttachmentBytes - _attachmentBytes)
                return NoRoom();
            _attachmentBytes += charge;
            taken = new SessionTake(this, messages: 0, charge);
            return null;
        }
    }

    /// <summary>How many bytes the holder may still add; null for any number.</summary>
    /// <exception cref="ApiException">429: none, or less than <paramref name="atLeast"/>.</exception>
    public long? RoomFor(long atLeast)
    {
        lock (_gate)
        {
            var left = limits.AttachmentBytes - _attachmentBytes;
            return ChargeOf(atLeast) > left ? throw NoRoom() : left;
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

    /// <summary>The session's limit of bytes is what a file is too large for.</summary>
    public ApiException NoRoom() => UsedUp(
        ErrorCode.SessionAttachmentLimit,
        $"The session may add files of {limits.AttachmentBytes} bytes in all; {_attachmentBytes} are used");

    public void Begin() => Interlocked.Increment(ref _underWay);

    public void End() => Interlocked.Decrement(ref _underWay);

    private ApiException UsedUp(ErrorCode code, string message)
    {
        var left = EndsAt - time.GetUtcNow().ToUnixTimeMilliseconds();
        return new(code, message, TimeSpan.FromMilliseconds(Math.Max(left, 1)));
    }
}
