using System.Security.Cryptography;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>Verifies, asks for and revokes the values of secrets.</summary>
internal sealed partial class SecretActions(
    SecretValues secrets, SecretValueStore values, OAuthTokenSource tokens, OAuthClient client, SignInLinks links, PublicAddress address,
    SessionAudit audit, ILogger<SecretActions> logger)
{
    public async Task<SecretVerifyResponse> VerifyAsync(SecretPlace place, HttpContext context)
    {
        var value = await secrets.FindAsync(
            context.Caller().AccountId, place.Secret.Id, place.ContactId, address.Of(context.Request), context.RequestAborted);
        return new SecretVerifyResponse
        {
            Id = place.Secret.Id,
            Status = value.Header is null ? SecretStatus.Unauthenticated : SecretStatus.Authenticated,
            Action = value.Url is { } url ? new SecretAction { Type = "authenticate", Url = url } : null,
        };
    }

    /// <exception cref="ApiException">409: no person can give the secret its value.</exception>
    public SecretAuthenticateResponse Authenticate(SecretPlace place, HttpContext context) =>
        links.Of(place, context.Caller().AccountId, address.Of(context.Request)) is { } url
            ? new SecretAuthenticateResponse { Id = place.Secret.Id, Url = url }
            : throw ApiException.Conflict($"Nobody can sign in for this secret of the type {place.Type}");

    /// <summary>
    /// Removes a value. Tokens are revoked at their provider first; when that fails, they are removed all the same, because the owner
    /// wants them unused.
    /// </summary>
    /// <exception cref="ApiException">404: there is no value.</exception>
    public async Task<IdResponse> RevokeAsync(SecretPlace place, IdempotentCall call, HttpContext context)
    {
        if (!await HasValueAsync(place, context.RequestAborted))
            throw ApiException.NotFound("Value");
        if (await RevokeUpstreamAsync(place) is { Length: > 0 } fault)
            LogNotRevoked(place.Secret.Id, fault);
        var response = new IdResponse { Id = place.Secret.Id };
        var record = audit.OfResource(context, SessionAuditType.RevokeSecret, context.Caller().AccountId, place.Secret.Id, place.ContactId);
        await values.PutAsync(place, SecretPlace.Value, value: null, with: call.Answered(response), audit: record);
        return response;
    }

    private async Task<bool> HasValueAsync(SecretPlace place, CancellationToken cancellationToken)
    {
        try
        {
            return await values.ReadAsync(place, SecretPlace.Value, cancellationToken) is not null
                || await values.ReadAsync(place, SecretPlace.Tokens, cancellationToken) is not null;
        }
        catch (CryptographicException)
        {
            // A value that nobody can decrypt can be removed.
            return true;
        }
    }

    private async Task<string> RevokeUpstreamAsync(SecretPlace place)
    {
        if (place.Type != SecretType.OAuth)
            return "";
        try
        {
            return values.SettingsOf(place, out var fault) is not { } settings ? fault
                : await tokens.ReadAsync(place, CancellationToken.None) is { } stored && (stored.Issuer is null || stored.Issuer == settings.Issuer)
                    ? await client.RevokeAsync(settings, stored)
                    : "";
        }
        catch (CryptographicException)
        {
            return "the tokens can't be decrypted";
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The tokens of the secret {SecretId} were removed here, but not revoked at the provider: {Reason}")]
    private partial void LogNotRevoked(string secretId, string reason);
}
