using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>The use of one session's limits, including work in progress. Thread-safe.</summary>
internal sealed class SessionBudget(SessionLimits limits, SessionRow row, TimeProvider time) : IByteBudget
{
    /// <summary>The minimum number of bytes that a file or a published message counts for, because even an empty one takes space.</summary>
    public const int SmallestFile = 256;

    /// <summary>
    /// How many refreshes are possible at once; after that, one per minute. The limit exists because each refresh adds an audit
    /// record, which is kept permanently.
    /// </summary>
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

    /// <summary>When the session ends, in Unix milliseconds.</summary>
    public long EndsAt => Volatile.Read(ref _endsAt);

    /// <summary>Whether work of the session is in progress, so that its use is still counted here.</summary>
    public bool IsInUse => Volatile.Read(ref _underWay) > 0;

    /// <summary>Returns the number of bytes that a file of this size counts for.</summary>
    public static long ChargeOf(long bytes) => Math.Max(bytes, SmallestFile);

    /// <param name="endsAt">The current end of the session, which a refresh may have moved.</param>
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

    /// <exception cref="ApiException">429: too many refreshes.</exception>
    public void CountRefresh()
    {
        lock (_gate)
        {
            if (_refreshes.Take() is { } wait)
                throw new ApiException(ErrorCode.SessionRateLimit, "The session is refreshed too often", wait);
        }
    }

    /// <summary>Reserves a message of the holder, or a run without one.</summary>
    /// <param name="taken">The reservation; null when the limit is reached.</param>
    /// <returns>429 when the limit is reached; otherwise null.</returns>
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

    /// <summary>Reserves bytes that the holder adds.</summary>
    /// <param name="bytes">The number of bytes; a small number counts as <see cref="SmallestFile"/>.</param>
    /// <exception cref="ApiException">429: the limit would be exceeded.</exception>
    public SessionTake TakeAttachment(long bytes) => TakeAttachment(bytes, out var taken) is { } refusal ? throw refusal : taken!;

    /// <summary>Reserves bytes that the holder adds.</summary>
    /// <param name="bytes">The number of bytes; a small number counts as <see cref="SmallestFile"/>.</param>
    /// <param name="taken">The reservation; null when the limit would be exceeded.</param>
    /// <returns>429 when the limit would be exceeded; otherwise null.</returns>
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

    /// <summary>Returns how many bytes the holder may still add; null when there is no limit.</summary>
    /// <exception cref="ApiException">429: none are left, or fewer than <paramref name="atLeast"/>.</exception>
    public long? RoomFor(long atLeast)
    {
        lock (_gate)
        {
            var left = limits.AttachmentBytes - _attachmentBytes;
            return ChargeOf(atLeast) > left ? throw NoRoom() : left;
        }
    }

    /// <summary>Returns the error with which a run is refused when no tokens are left; null while there are some.</summary>
    public ApiException? WithoutTokens()
    {
        lock (_gate)
        {
            return _tokens >= limits.Tokens
                ? UsedUp(ErrorCode.SessionTokenLimit, $"The session has used up its {limits.Tokens} token(s)")
                : null;
        }
    }

    /// <summary>Counts the tokens of a finished run. A run may exceed the limit, because its use is known only at its end.</summary>
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

    /// <summary>Creates the error for a file that would exceed the session's limit of bytes.</summary>
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
