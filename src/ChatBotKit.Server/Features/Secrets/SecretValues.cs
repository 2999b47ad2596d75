using System.Security.Cryptography;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features.Secrets;

internal sealed class SecretValues(
    IStore store, SecretValueStore values, OAuthTokenSource tokens, SignInLinks links) : ISecretValues
{
    public Task<SecretValue> FindAsync(string accountId, string secretId, string? contactId, CancellationToken cancellationToken) =>
        FindAsync(accountId, secretId, contactId, links.OwnAddress, cancellationToken);

    /// <param name="accountId">The account that uses the secret.</param>
    /// <param name="secretId">The id of the secret.</param>
    /// <param name="contactId">The contact; null for none.</param>
    /// <param name="address">The address of this server, for the page on which the value can be given; null for no such page.</param>
    /// <param name="cancellationToken">The token that ends the wait.</param>
    public async Task<SecretValue> FindAsync(
        string accountId, string secretId, string? contactId, string? address, CancellationToken cancellationToken)
    {
        var (place, reason) = await store.QueryAsync(db => db.FindPlaceAsync(accountId, secretId, contactId), cancellationToken);
        if (place is null)
            return SecretValue.Missing(reason);
        try
        {
            var value = place.Type == SecretType.OAuth ? await OfProviderAsync(place, cancellationToken) : await OfTextAsync(place, cancellationToken);
            return value.Header is not null ? value : SecretValue.Missing(value.Reason!, links.Of(place, accountId, address));
        }
        catch (CryptographicException)
        {
            return SecretValue.Missing(SecretValueStore.Undecryptable, links.Of(place, accountId, address));
        }
    }

    private async Task<SecretValue> OfTextAsync(SecretPlace place, CancellationToken cancellationToken) =>
        values.HeaderOf(place, await values.ReadAsync(place, SecretPlace.Value, cancellationToken));

    private async Task<SecretValue> OfProviderAsync(SecretPlace place, CancellationToken cancellationToken)
    {
        if (values.SettingsOf(place, out var fault) is not { } settings)
            return SecretValue.Missing(fault);
        var found = await tokens.GetAsync(place, settings, cancellationToken);
        return found.Tokens is { } usable ? SecretHeaders.HeaderOf($"{SecretHeaders.SchemaOf(place)} {usable.Access}") : SecretValue.Missing(found.Reason);
    }
}
