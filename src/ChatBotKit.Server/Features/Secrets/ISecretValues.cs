namespace ChatBotKit.Server.Features.Secrets;

/// <summary>Gives the values of secrets to what calls other services.</summary>
internal interface ISecretValues
{
    /// <summary>
    /// Finds the value of a secret that an account may use. A reference leads to the value of the other secret, and an OAuth token that
    /// is about to expire is refreshed first.
    /// </summary>
    /// <param name="accountId">The account that uses the secret.</param>
    /// <param name="secretId">The id of the secret.</param>
    /// <param name="contactId">The contact whose value of a personal secret is used; null for none.</param>
    /// <param name="cancellationToken">The token that ends the wait. A refresh that has begun is completed.</param>
    /// <returns>The value, or why there is none. A secret that the account may not use looks like one that does not exist.</returns>
    Task<SecretValue> FindAsync(string accountId, string secretId, string? contactId, CancellationToken cancellationToken);
}

/// <summary>The value of a secret, or the reason why there is none.</summary>
internal sealed record SecretValue
{
    private SecretValue()
    {
    }

    /// <summary>The text of an <c>Authorization</c> header; null when there is none.</summary>
    public string? Header { get; private init; }

    /// <summary>Why there is no value, as a sentence for the owner; null when there is one.</summary>
    public string? Reason { get; private init; }

    /// <summary>
    /// The address of the page on which somebody can give the secret its value; null when that is not possible, or when the server does
    /// not know its own address. Its query grants access.
    /// </summary>
    public string? Url { get; private init; }

    public static SecretValue Of(string header) => new() { Header = header };

    public static SecretValue Missing(string reason, string? url = null) => new() { Reason = reason, Url = url };

    /// <summary>Describes the value without the header and the address, because logs print records.</summary>
    public override string ToString() => Header is null ? $"SecretValue {{ Reason = {Reason} }}" : "SecretValue { Header = *** }";
}
