using System.Globalization;
using System.Text;

namespace ChatBotKit;

/// <summary>The API token that was made. It is shown only here.</summary>
public sealed record ServerTokenCreateResponse : ApiObject
{
    /// <summary>Gets the id, by which the token can be revoked.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the token, to be used as the secret of a client.</summary>
    public required string Token { get; init; }

    /// <summary>Gets when the token was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets from when on the token is refused; null when it has no end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Writes the answer without its token, because logs print records and the token is a credential.</summary>
    /// <param name="builder">What <see cref="object.ToString"/> is made of.</param>
    /// <returns>True: something was written.</returns>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Id = {Id}, Token = ***, CreatedAt = {CreatedAt:O}, ExpiresAt = {ExpiresAt:O}");
        return true;
    }
}
