using System.Globalization;
using System.Text;

namespace ChatBotKit;

/// <summary>The session that was created. The token is returned only here.</summary>
public sealed record PartnerUserSessionCreateResponse : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the token, which is used as the secret of a client.</summary>
    public required string Token { get; init; }

    /// <summary>Gets when the token expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Writes the session without its token. Logs print records, and the token is a credential.</summary>
    /// <param name="builder">The builder that <see cref="object.ToString"/> reads.</param>
    /// <returns>True, because the record always writes something.</returns>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Id = {Id}, Token = ***, ExpiresAt = {ExpiresAt:O}");
        return true;
    }
}
