using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>A sign-in at a provider: the page of the provider, and what the browser keeps until it comes back.</summary>
/// <param name="Url">The page of the provider.</param>
/// <param name="Start">An id of the sign-in.</param>
/// <param name="Browser">The text for the browser, encrypted.</param>
internal sealed record StartedSignIn(string Url, string Start, string Browser);

/// <summary>
/// Signs people in at OAuth providers with a code and PKCE (RFC 7636). The state and the verifier are kept in the browser alone, encrypted,
/// so that a code is taken only from the browser that has started the sign-in, and a sign-in that is abandoned leaves nothing behind.
/// </summary>
internal sealed class SignIns(
    IStore store, SignInLinks links, SecretValueStore values, OAuthClient client, TimeProvider time)
{
    private const string State = "state";
    private const string Browser = "browser";
    private const string Scope = "secret-sign-in";
    private const int VerifierBytes = 32;

    /// <summary>Finds the value that a page is for.</summary>
    /// <returns>The value; null when the token is invalid, when a value was given with it, or when the secret no longer exists.</returns>
    public async Task<(SignInTarget Target, SecretPlace Place)?> OpenAsync(string? token, CancellationToken cancellationToken) =>
        links.Read("page", token) is { } target && await FindAsync(target, cancellationToken) is { } place ? (target, place) : null;

    /// <summary>Starts a sign-in.</summary>
    /// <param name="target">The value.</param>
    /// <param name="settings">The settings of the secret.</param>
    /// <param name="callback">The address to which the provider sends the browser back.</param>
    public StartedSignIn Start(SignInTarget target, OAuthSettings settings, string callback)
    {
        var start = Ids.New();
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(VerifierBytes));
        var fields = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = settings.ClientId,
            ["redirect_uri"] = callback,
            ["state"] = links.Protect(State, target with { Once = $"{target.Once}.{start}" }),
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
        };
        if (settings.Scope is { } scope)
            fields["scope"] = scope;
        return new StartedSignIn(
            QueryHelpers.AddQueryString(settings.AuthorizationUrl!.AbsoluteUri, fields), start,
            links.Protect(Browser, target with { Once = $"{start}.{verifier}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(callback))}" }));
    }

    /// <summary>Returns the id of the sign-in that a state is of; null when this server did not create the state, or when it has expired.</summary>
    public string? StartOf(string? state) => links.Read(State, state)?.Once.Split('.')[1];

    /// <summary>Finds the value that a sign-in is for, when the provider has sent the browser back.</summary>
    /// <param name="state">The state in the address.</param>
    /// <param name="browser">The text that the browser has kept.</param>
    /// <param name="cancellationToken">The token that cancels the search.</param>
    public async Task<ReturnedSignIn?> ReturnAsync(string? state, string? browser, CancellationToken cancellationToken)
    {
        if (links.Read(State, state) is not { } target || links.Read(Browser, browser)?.Once.Split('.') is not [var started, var verifier, var callback])
            return null;
        var once = target.Once.Split('.');
        target = target with { Once = once[0] };
        return started == once[1] && await FindAsync(target, cancellationToken) is { } place
            ? new ReturnedSignIn(target, place, verifier, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(callback)))
            : null;
    }

    /// <summary>Exchanges the code of a provider for tokens, and stores them.</summary>
    /// <param name="back">The sign-in.</param>
    /// <param name="settings">The settings of the secret.</param>
    /// <param name="code">The code.</param>
    /// <param name="audit">The record of the sign-in.</param>
    /// <param name="cancellationToken">The token that cancels the beginning.</param>
    /// <returns>Why that failed; null when the sign-in was used before; empty when it succeeded.</returns>
    public async Task<string?> FinishAsync(ReturnedSignIn back, OAuthSettings settings, string code, AuditRow audit, CancellationToken cancellationToken)
    {
        // The sign-in counts as used before the code is sent, because a provider takes a second use of a code for a theft.
        if (!await TryUseAsync(back.Target, cancellationToken))
            return null;
        var answer = await client.RequestTokensAsync(settings, new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = back.Callback,
            ["code_verifier"] = back.Verifier,
        });
        if (answer.Body is null)
            return answer.Fault;
        if (OAuthTokens.FromAnswer(answer.Body, before: null, settings.Issuer, time.GetUtcNow()) is not { } tokens)
            return "The answer of the provider has no access token";
        return await values.PutAsync(back.Place, SecretPlace.Tokens, tokens.ToJson(), audit: audit) ? "" : "The secret no longer exists";
    }

    /// <summary>Stores an entered value.</summary>
    /// <returns>False when the page was used before, or when the secret no longer exists.</returns>
    public async Task<bool> EnterAsync(SignInTarget target, SecretPlace place, string value, AuditRow audit)
    {
        try
        {
            return await values.PutAsync(place, SecretPlace.Value, value, with: RowOf(target), audit: audit);
        }
        catch (DuplicateKeyException)
        {
            return false;
        }
    }

    private async Task<SecretPlace?> FindAsync(SignInTarget target, CancellationToken cancellationToken)
    {
        if (await store.FindIdempotencyAsync(Scope, target.Once, cancellationToken) is not null)
            return null;
        return await store.QueryAsync(db => db.FindAgainAsync(target.SecretId, target.ContactId, target.AccountId), cancellationToken);
    }

    private async Task<bool> TryUseAsync(SignInTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ChangeAsync(
                async db =>
                {
                    await db.RememberAsync(RowOf(target));
                    return true;
                },
                cancellationToken);
        }
        catch (DuplicateKeyException)
        {
            return false;
        }
    }

    /// <summary>Creates the row that makes a second use fail. It is kept for longer than the page is valid.</summary>
    private IdempotencyRow RowOf(SignInTarget target) => new()
    {
        Scope = Scope,
        Key = target.Once,
        RequestHash = [],
        CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}

/// <summary>A sign-in whose browser has come back from the provider.</summary>
internal sealed record ReturnedSignIn(SignInTarget Target, SecretPlace Place, string Verifier, string Callback);
