using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit;

/// <summary>Caches the public keys of the server. An unknown key causes a new fetch, but only at a limited rate.</summary>
internal sealed class SessionKeySet(ChatBotKitSessionValidationOptions options, Func<HttpClient> createHttpClient, TimeProvider time) : IDisposable
{
    private readonly Uri _address = options.KeysAddress;
    private readonly SemaphoreSlim _gate = new(1);
    private volatile Fetched _keys = new(new Dictionary<string, SecurityKey>(), DateTimeOffset.MinValue);
    private DateTimeOffset _lastTry = DateTimeOffset.MinValue;

    /// <summary>Finds the key of an id among the current keys.</summary>
    public IEnumerable<SecurityKey> Find(string? kid)
    {
        var keys = _keys;
        return kid is not null && time.GetUtcNow() - keys.At < options.KeyLifetime + options.KeyGracePeriod && keys.Keys.TryGetValue(kid, out var key)
            ? [key]
            : [];
    }

    /// <summary>Fetches the keys when they are old, or when the requested key is missing.</summary>
    public async ValueTask EnsureAsync(string kid, CancellationToken cancellationToken)
    {
        if (!NeedsFetch(kid))
            return;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // Another caller may have fetched the keys during the wait.
            if (!NeedsFetch(kid) || time.GetUtcNow() - _lastTry < options.KeyRefreshInterval)
                return;
            _lastTry = time.GetUtcNow();
            _keys = new(await FetchAsync(), time.GetUtcNow());
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or ArgumentException)
        {
            // The current keys stay valid for the grace period. Without any keys, the token is refused.
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private bool NeedsFetch(string kid) => time.GetUtcNow() - _keys.At >= options.KeyLifetime || !_keys.Keys.ContainsKey(kid);

    // All waiting callers share this fetch, so a single caller cannot cancel it.
    private async Task<IReadOnlyDictionary<string, SecurityKey>> FetchAsync()
    {
        using var http = createHttpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10), time);
        var document = JsonWebKeySet.Create(await http.GetStringAsync(_address, limit.Token));
        return document.Keys.Where(IsOurs).DistinctBy(key => key.Kid).ToDictionary(key => key.Kid, key => (SecurityKey)key);
    }

    // Only public P-256 keys for signatures are accepted. A private key in a public document would not be secret.
    private static bool IsOurs(JsonWebKey key) =>
        key is { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve, Crv: JsonWebKeyECTypes.P256, Kid.Length: > 0, D: null or "" }
            && key.Use is null or "" or JsonWebKeyUseNames.Sig
            && key.Alg is null or "" or SecurityAlgorithms.EcdsaSha256;

    private sealed record Fetched(IReadOnlyDictionary<string, SecurityKey> Keys, DateTimeOffset At);
}
