using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The session that was created or refreshed. The token is returned only here.</summary>
public sealed record SessionCreateResponse : ApiObject
{
    /// <summary>Gets the id of the conversation.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the token, which is used as the secret of a client.</summary>
    public required string Token { get; init; }

    /// <summary>Gets when the token expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>
    /// Gets the id of the session, with which it is refreshed, fetched and revoked. The hosted service has no such
    /// operations and returns null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SessionId { get; init; }

    /// <summary>Gets the latest time to which a refresh can extend the session; null when the holder cannot refresh it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? RefreshableUntil { get; init; }

    /// <summary>Writes the session without its token. Logs print records, and the token is a credential.</summary>
    /// <param name="builder">The builder that <see cref="object.ToString"/> reads.</param>
    /// <returns>True, because the record always writes something.</returns>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Id = {Id}, SessionId = {SessionId}, Token = ***, ExpiresAt = {ExpiresAt:O}");
        return true;
    }
}
