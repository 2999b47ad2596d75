using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>The answers that API tokens have open. A stream ends with its token: at once when that is revoked or expires.</summary>
internal sealed class ApiTokenStreams : IChangeListener
{
    private readonly ApiTokens _tokens;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    // In one set: to revoke a token is rare, and to open a stream is not.
    private readonly HashSet<ApiTokenStream> _open = [];

    public ApiTokenStreams(ApiTokens tokens, ChangeFeed changes, TimeProvider time)
    {
        (_tokens, _time) = (tokens, time);
        changes.Listen(this);
    }

    /// <summary>How many streams are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _open.Count;
        }
    }

    public static ApiException Over() => ApiException.NotAuthenticated("The API token was revoked or has expired");

    /// <summary>Registers a stream until it is disposed.</summary>
    /// <exception cref="ApiException">401: the token ended meanwhile.</exception>
    public async ValueTask<ApiTokenStream> OpenAsync(ApiToken token, CancellationToken cancellationToken)
    {
        var stream = new ApiTokenStream(this, token, _time);
        Add(stream);
        try
        {
            // Looked at again: who revoked the token before now may not have found the stream here.
            return await _tokens.IsGoodAsync(token, cancellationToken) ? stream : throw ApiException.NotAuthenticated();
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The streams of a token end with it.</summary>
    public void OnChanged(in Change change)
    {
        if (change is not { Kind: ChangedKinds.ApiToken, What: ChangeKind.Revoked or ChangeKind.Deleted })
            return;
        var tokenId = change.Id;
        ApiTokenStream[] streams;
        lock (_gate)
            streams = [.. _open.Where(stream => stream.TokenId == tokenId)];
        foreach (var stream in streams)
            stream.End(Over());
    }

    /// <summary>Called by a stream that is over.</summary>
    public void Remove(ApiTokenStream stream)
    {
        lock (_gate)
            _open.Remove(stream);
    }

    private void Add(ApiTokenStream stream)
    {
        lock (_gate)
            _open.Add(stream);
    }
}

/// <summary>One open answer of an API token.</summary>
internal sealed class ApiTokenStream : OpenStream
{
    // A timer takes no more than some weeks, and a token may be good for years.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly ApiTokenStreams _streams;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _expiresAt;
    private readonly ITimer? _timer;

    public ApiTokenStream(ApiTokenStreams streams, ApiToken token, TimeProvider time)
    {
        (_streams, _time, TokenId) = (streams, time, token.Id);
        if (token.Row.ExpiresAt is not { } end)
            return;
        _expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(end);
        _timer = time.CreateTimer(static stream => ((ApiTokenStream)stream!).CheckTime(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        CheckTime();
    }

    public string TokenId { get; }

    public override void Dispose()
    {
        _timer?.Dispose();
        _streams.Remove(this);
    }

    private void CheckTime()
    {
        var left = _expiresAt - _time.GetUtcNow();
        if (left <= TimeSpan.Zero)
            End(ApiTokenStreams.Over());
        else
            _timer!.Change(left < LongestWait ? left : LongestWait, Timeout.InfiniteTimeSpan);
    }
}
