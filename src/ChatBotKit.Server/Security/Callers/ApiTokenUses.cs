using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Collects the times of the last use of API tokens and stores them periodically, because a write per request would cost more than
/// the request. A server that is killed loses the times that are not stored yet.
/// </summary>
internal sealed class ApiTokenUses(IStore store, TimeProvider time) : IAsyncDisposable
{
    private const long IntervalMilliseconds = 1000;

    private readonly Lock _gate = new();
    private Dictionary<string, long> _uses = [];
    private bool _isClosed;

    /// <summary>Records that the token is being used. Of many uses within a second only the first one counts.</summary>
    public void Note(ApiToken token)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (!token.IsToBeNoted(now, IntervalMilliseconds))
            return;
        lock (_gate)
            _uses[token.Id] = now;
    }

    /// <summary>Stores the uses since the last flush.</summary>
    /// <exception cref="StoreUnavailableException">The store fails. Nothing is lost; the next call tries again.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, long> uses;
        lock (_gate)
            (uses, _uses) = (_uses, []);
        if (uses.Count == 0)
            return;
        try
        {
            await store.NoteApiTokenUseAsync([.. uses.Select(use => new ApiTokenUse(use.Key, use.Value))], cancellationToken);
        }
        catch
        {
            lock (_gate)
            {
                foreach (var (id, at) in uses)
                    _uses.TryAdd(id, at);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, true))
            return;
        try
        {
            await FlushAsync(CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // Losing these times is better than delaying the stop of the server.
        }
    }
}
