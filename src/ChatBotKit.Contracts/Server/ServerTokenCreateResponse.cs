using System.Globalization;
using System.Text;

namespace ChatBotKit;

/// <summary>The API token that was created. It is returned only here.</summary>
public sealed record ServerTokenCreateResponse : ApiObject
{
    /// <summary>Gets the id, with which the token is revoked.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the token, which is used as the secret of a client.</summary>
    public required string Token { get; init; }

    /// <summary>Gets when the token was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the token expires; null when it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Writes the answer without its token. Logs print records, and the token is a credential.</summary>
    /// <param name="builder">The builder that <see cref="object.ToString"/> reads.</param>
    /// <returns>True, because the record always writes something.</returns>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Id = {Id}, Token = ***, CreatedAt = {CreatedAt:O}, ExpiresAt = {ExpiresAt:O}");
        return true;
    }
}
