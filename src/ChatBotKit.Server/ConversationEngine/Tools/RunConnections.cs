namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// The connections that the functions of a run keep open from one call to the next, for example to a remote server. They are closed when
/// the run ends.
/// </summary>
internal sealed class RunConnections
{
    /// <summary>The maximum number of connections of a run. A function that finds no place opens one for its call alone.</summary>
    public const int MaxCount = 16;

    private readonly Lock _gate = new();

    private Dictionary<string, Lazy<Task<IAsyncDisposable>>>? _byKey;
    private List<Lazy<Task<IAsyncDisposable>>>? _all;
    private bool _isClosed;

    /// <summary>Returns the connection with a key, and opens it when there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="open">Opens the connection, which later calls of the run use too; it must end by itself.</param>
    /// <returns>The connection; null when there is no place for another one.</returns>
    public async Task<T?> FindAsync<T>(string key, Func<Task<T>> open)
        where T : class, IAsyncDisposable
    {
        if (Place(key, async () => await open()) is not { } place)
            return null;
        try
        {
            return (T)await place.Value;
        }
        catch
        {
            Forget(key, place);
            throw;
        }
    }

    /// <summary>Forgets a connection that does not work any more. It is closed with the others, because other calls may still wait for it.</summary>
    public void Forget(string key)
    {
        lock (_gate)
            _byKey?.Remove(key);
    }

    /// <summary>Closes all connections. The caller need not wait; failures are ignored.</summary>
    public Task CloseAsync()
    {
        List<Lazy<Task<IAsyncDisposable>>>? all;
        lock (_gate)
        {
            _isClosed = true;
            (all, _all, _byKey) = (_all, null, null);
        }

        return all is null ? Task.CompletedTask : Task.WhenAll(all.Select(CloseAsync));
    }

    private static async Task CloseAsync(Lazy<Task<IAsyncDisposable>> place)
    {
        try
        {
            await using var connection = (await place.Value.ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It could not be opened, or the other side has left.
        }
    }

    private Lazy<Task<IAsyncDisposable>>? Place(string key, Func<Task<IAsyncDisposable>> open)
    {
        lock (_gate)
        {
            if (_byKey?.TryGetValue(key, out var known) is true)
                return known;
            if (_isClosed || _all?.Count >= MaxCount)
                return null;
            var place = new Lazy<Task<IAsyncDisposable>>(open);
            (_byKey ??= new(StringComparer.Ordinal)).Add(key, place);
            (_all ??= []).Add(place);
            return place;
        }
    }

    private void Forget(string key, Lazy<Task<IAsyncDisposable>> place)
    {
        lock (_gate)
        {
            if (_byKey?.GetValueOrDefault(key) == place)
                _byKey.Remove(key);
            _all?.Remove(place);
        }
    }
}
