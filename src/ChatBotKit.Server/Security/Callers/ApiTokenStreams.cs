using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>The open streams of API tokens. A stream ends as soon as its token is revoked or expires.</summary>
internal sealed class ApiTokenStreams : IChangeListener
{
    private readonly ApiTokens _tokens;
    private readonly ChildAccounts _children;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    // A single set, because opening a stream is frequent and revoking a token is rare.
    private readonly HashSet<ApiTokenStream> _open = [];

    public ApiTokenStreams(ApiTokens tokens, ChildAccounts children, ChangeFeed changes, TimeProvider time)
    {
        (_tokens, _children, _time) = (tokens, children, time);
        changes.Listen(this, ListenerStage.Streams);
    }

    /// <summary>The number of open streams.</summary>
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
    /// <param name="token">The token of the request.</param>
    /// <param name="accountId">The account of the stream: the token's account, or a child that it acts for.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <exception cref="ApiException">401: the token or the account ended meanwhile.</exception>
    public async ValueTask<ApiTokenStream> OpenAsync(ApiToken token, string accountId, CancellationToken cancellationToken)
    {
        var stream = new ApiTokenStream(this, token, accountId, _time);
        Add(stream);
        try
        {
            // Checked again, because the token or account may have ended before the stream was registered, and then nothing ended
            // the stream.
            return await _tokens.IsGoodAsync(token, cancellationToken)
                && (accountId == token.Row.AccountId || await _children.IsChildAsync(token.Row.AccountId, accountId, cancellationToken))
                ? stream
                : throw ApiException.NotAuthenticated();
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Ends the streams of a token that ends, and the streams about an account that ends, including those of its parent.</summary>
    public void OnChanged(in Change change)
    {
        var id = change.Id;
        if (change is { Kind: ChangedKinds.ApiToken, What: ChangeKind.Revoked or ChangeKind.Deleted or ChangeKind.Reauthorized })
            End(stream => stream.TokenId == id);
        else if (change is { Kind: ChangedKinds.Account, What: ChangeKind.Deleted })
            End(stream => stream.AccountId == id);
    }

    private void End(Func<ApiTokenStream, bool> which)
    {
        ApiTokenStream[] streams;
        lock (_gate)
            streams = [.. _open.Where(which)];
        foreach (var stream in streams)
            stream.End(Over());
    }

    /// <summary>Removes a stream. The stream calls this when it is disposed.</summary>
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

/// <summary>An open stream of an API token.</summary>
internal sealed class ApiTokenStream : OpenStream
{
    // A timer can wait only for some weeks, but a token may be valid for years.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly ApiTokenStreams _streams;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _expiresAt;
    private readonly ITimer? _timer;

    public ApiTokenStream(ApiTokenStreams streams, ApiToken token, string accountId, TimeProvider time)
    {
        (_streams, _time, TokenId, AccountId) = (streams, time, token.Id, accountId);
        if (token.Row.ExpiresAt is not { } end)
            return;
        _expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(end);
        _timer = time.CreateTimer(static stream => ((ApiTokenStream)stream!).CheckTime(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        CheckTime();
    }

    public string TokenId { get; }

    public string AccountId { get; }

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
