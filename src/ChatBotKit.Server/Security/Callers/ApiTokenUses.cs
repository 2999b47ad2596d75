using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Remembers when API tokens were used last, and stores that now and then: a write per request would cost more than the
/// request. What a killed server has not stored is lost.
/// </summary>
internal sealed class ApiTokenUses(IStore store, TimeProvider time) : IAsyncDisposable
{
    private const long IntervalMilliseconds = 1000;

    private readonly Lock _gate = new();
    private Dictionary<string, long> _uses = [];
    private bool _isClosed;

    /// <summary>Notes that the token is used now; of many uses within a second the first one counts.</summary>
    public void Note(ApiToken token)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (!token.IsToBeNoted(now, IntervalMilliseconds))
            return;
        lock (_gate)
            _uses[token.Id] = now;
    }

    /// <summary>Stores what was noted since the last time.</summary>
    /// <exception cref="StoreUnavailableException">Nothing is lost; the next try stores it.</exception>
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
            // When a token was used last matters less than that the server stops.
        }
    }
}
