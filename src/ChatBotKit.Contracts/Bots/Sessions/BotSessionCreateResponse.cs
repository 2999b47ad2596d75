using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The conversation and the session that were created. The token is returned only here.</summary>
public sealed record BotSessionCreateResponse : ApiObject
{
    /// <summary>Gets the id of the bot.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the id of the conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>
    /// Gets the token, which is used as the secret of a client. It gives access to this conversation and nothing else.
    /// </summary>
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

    /// <summary>Gets the first messages; null when the request had none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConversationMessage>? Messages { get; init; }

    /// <summary>Writes the session without its token, which is a credential.</summary>
    /// <param name="builder">The builder that <see cref="object.ToString"/> reads.</param>
    /// <returns>True, because the record always writes something.</returns>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Id = {Id}, ConversationId = {ConversationId}, SessionId = {SessionId}, Token = ***, ExpiresAt = {ExpiresAt:O}");
        return true;
    }
}
