using System.Collections.Concurrent;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>Tokens, or why there are none.</summary>
internal sealed record TokenResult(OAuthTokens? Tokens, string Reason);

/// <summary>
/// Keeps the tokens of OAuth secrets fresh. One refresh runs at a time for a value, and all who need it wait for the same one: a provider
/// that gives a new refresh token with each refresh takes a second use of the old one for a theft.
/// </summary>
internal sealed class OAuthTokenSource(SecretValueStore values, OAuthClient client, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<TokenResult>>> _running = new(StringComparer.Ordinal);

    /// <summary>The number of refreshes that are running.</summary>
    public int Count => _running.Count;

    /// <summary>Returns tokens that can be used now.</summary>
    /// <param name="place">The value.</param>
    /// <param name="settings">The settings of the secret.</param>
    /// <param name="cancellationToken">The token that ends the wait. A refresh that has begun is completed, so that its result is stored.</param>
    public async Task<TokenResult> GetAsync(SecretPlace place, OAuthSettings settings, CancellationToken cancellationToken)
    {
        var stored = Usable(await ReadAsync(place, cancellationToken), settings);
        if (stored is not null && !stored.IsStale(time.GetUtcNow()))
            return new TokenResult(stored, "");
        if (stored?.Refresh is null && !settings.IsOfClient)
            return WithoutRefresh(stored);
        return await _running.GetOrAdd(place.Key, key => new(() => RenewAsync(key, place, settings))).Value.WaitAsync(cancellationToken);
    }

    /// <summary>Reads the stored tokens. A value that the owner has set later comes first; a sign-in and a refresh replace it.</summary>
    public async ValueTask<OAuthTokens?> ReadAsync(SecretPlace place, CancellationToken cancellationToken)
    {
        var (value, tokens) = await ReadBothAsync(place, cancellationToken);
        return OAuthTokens.Parse(value) ?? OAuthTokens.Parse(tokens);
    }

    private async ValueTask<(string? Value, string? Tokens)> ReadBothAsync(SecretPlace place, CancellationToken cancellationToken) =>
        (await values.ReadAsync(place, SecretPlace.Value, cancellationToken), await values.ReadAsync(place, SecretPlace.Tokens, cancellationToken));

    private async Task<TokenResult> RenewAsync(string key, SecretPlace place, OAuthSettings settings)
    {
        try
        {
            // Another process, or a refresh that has just ended, may have stored newer tokens.
            var before = await ReadBothAsync(place, CancellationToken.None);
            var tokens = Usable(OAuthTokens.Parse(before.Value) ?? OAuthTokens.Parse(before.Tokens), settings);
            if (tokens is not null && !tokens.IsStale(time.GetUtcNow()))
                return new TokenResult(tokens, "");
            if (tokens?.Refresh is null && !settings.IsOfClient)
                return WithoutRefresh(tokens);
            var answer = await client.RequestTokensAsync(settings, FormOf(tokens, settings));
            var now = time.GetUtcNow();
            if (answer.Body is null || OAuthTokens.FromAnswer(answer.Body, tokens, settings.Issuer, now) is not { } fresh)
                return await WithoutAnswerAsync(place, settings, tokens, answer);
            // Tokens that others have stored since then are newer than these, and a value that was revoked stays so.
            var isStored = await values.PutAsync(place, SecretPlace.Tokens, fresh.ToJson(), (value, stored) => (value, stored) == before);
            return isStored ? new TokenResult(fresh, "") : OfOthers(await ReadAsync(place, CancellationToken.None), settings);
        }
        finally
        {
            _running.TryRemove(key, out _);
        }
    }

    private static Dictionary<string, string> FormOf(OAuthTokens? tokens, OAuthSettings settings)
    {
        var form = tokens?.Refresh is { } refresh && !settings.IsOfClient
            ? new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = refresh }
            : new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        if (settings is { IsOfClient: true, Scope: { } scope })
            form["scope"] = scope;
        return form;
    }

    /// <summary>A refresh failed: tokens of another process, or an access token that is still valid, can be used all the same.</summary>
    private async Task<TokenResult> WithoutAnswerAsync(SecretPlace place, OAuthSettings settings, OAuthTokens? tokens, OAuthAnswer answer)
    {
        var now = time.GetUtcNow();
        if (Usable(await ReadAsync(place, CancellationToken.None), settings) is { } stored && stored != tokens && !stored.IsExpired(now))
            return new TokenResult(stored, "");
        if (tokens is not null && !answer.IsRefusal && !tokens.IsExpired(now))
            return new TokenResult(tokens, "");
        return new TokenResult(null, answer.Fault.Length > 0 ? answer.Fault : "The answer of the provider has no access token");
    }

    private TokenResult OfOthers(OAuthTokens? stored, OAuthSettings settings) =>
        Usable(stored, settings) is { } usable && !usable.IsExpired(time.GetUtcNow())
            ? new TokenResult(usable, "")
            : new TokenResult(null, "The value of the secret was revoked");

    private TokenResult WithoutRefresh(OAuthTokens? stored) => stored is not null && !stored.IsExpired(time.GetUtcNow())
        ? new TokenResult(stored, "")
        : new TokenResult(null, stored is null ? "Nobody has signed in at the provider yet" : "The access has expired: sign in again");

    private static OAuthTokens? Usable(OAuthTokens? tokens, OAuthSettings settings) =>
        tokens?.Issuer is null || tokens.Issuer == settings.Issuer ? tokens : null;
}
