using System.Globalization;
using System.Security.Cryptography;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>Whose value a page is for.</summary>
/// <param name="AccountId">The account that uses the secret.</param>
/// <param name="SecretId">The secret.</param>
/// <param name="ContactId">The contact; null for a shared secret.</param>
/// <param name="Once">An id of the page. One value can be given with it.</param>
internal sealed record SignInTarget(string AccountId, string SecretId, string? ContactId, string Once);

/// <summary>
/// Creates and reads the addresses of the pages on which somebody gives a secret its value. They are encrypted, end after 15 minutes,
/// and work for one value.
/// </summary>
internal sealed class SignInLinks(Lazy<IDataProtectionProvider> protection, ProxyOptions proxies, TimeProvider time)
{
    public const string Path = "/oauth/authenticate";

    private const int MaxLength = 2048;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly Lazy<IDataProtector> _protector = new(() => protection.Value.CreateProtector("secret-sign-in"));

    /// <summary>The address of this server; null when the settings do not name it.</summary>
    public string? OwnAddress { get; } = proxies.PublicUrl?.AbsoluteUri.TrimEnd('/');

    /// <summary>Returns the address of the page for a value.</summary>
    /// <param name="place">The value.</param>
    /// <param name="accountId">The account that uses the secret.</param>
    /// <param name="address">The address of this server; null for no page.</param>
    /// <returns>The address; null when the account may not change the value, or when no person can give it.</returns>
    public string? Of(SecretPlace place, string accountId, string? address)
    {
        if (address is null || (place.ContactId is null && place.Secret.AccountId != accountId) || !CanBeGiven(place))
            return null;
        var token = Protect("page", new SignInTarget(accountId, place.Secret.Id, place.ContactId, Ids.New()));
        return QueryHelpers.AddQueryString($"{address}{Path}", "token", token);
    }

    /// <summary>Whether a person can give the value on a page.</summary>
    public static bool CanBeGiven(SecretPlace place) => place.Type.Value is "plain" or "basic" or "bearer" or "jwt"
        || (place.Type == SecretType.OAuth && place.Setting("grantType") != "client_credentials");

    /// <summary>Creates a token for a purpose.</summary>
    public string Protect(string purpose, SignInTarget target) => _protector.Value.Protect(string.Create(
        CultureInfo.InvariantCulture,
        $"{purpose} {target.AccountId} {target.SecretId} {target.ContactId} {target.Once} {(time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds()}"));

    /// <summary>Reads a token; null when this server did not create it for this purpose, or when it has expired.</summary>
    public SignInTarget? Read(string purpose, string? token) =>
        Unprotect(token) is [var name, var account, var secret, var contact, var once, var until]
        && name == purpose && long.Parse(until, CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeMilliseconds()
            ? new SignInTarget(account, secret, contact.Length == 0 ? null : contact, once)
            : null;

    private string[]? Unprotect(string? token)
    {
        try
        {
            return string.IsNullOrEmpty(token) || token.Length > MaxLength ? null : _protector.Value.Unprotect(token).Split(' ');
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
