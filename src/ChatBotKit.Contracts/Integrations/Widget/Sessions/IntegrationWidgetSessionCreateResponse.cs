using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The conversation of a visitor with the bot of a widget, and the session for it. The token is returned only here.</summary>
public sealed record IntegrationWidgetSessionCreateResponse : ApiObject
{
    /// <summary>Gets the id of the widget.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the id of the conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>
    /// Gets the token, which is used as the secret of a client. It gives access to this conversation and nothing else.
    /// </summary>
    public required string Token { get; init; }

    /// <summary>Gets when the token expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Gets the id of the session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Gets until when the conversation is kept for the visitor; null when it ends with the token.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? RefreshableUntil { get; init; }

    /// <summary>
    /// Gets the key with which the same visitor comes back to this conversation after a reload; null when the widget begins a new
    /// conversation each time. It is a credential.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ResumeKey { get; init; }

    /// <summary>Gets the first messages of a new conversation; null when it has none, and when an earlier one is resumed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConversationMessage>? Messages { get; init; }

    /// <summary>Gets how the widget looks.</summary>
    public IntegrationWidgetSettings? Widget { get; init; }

    /// <summary>Writes the session without its token and its key, which are credentials.</summary>
    /// <param name="builder">The builder that <see cref="object.ToString"/> reads.</param>
    /// <returns>True, because the record always writes something.</returns>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Id = {Id}, ConversationId = {ConversationId}, SessionId = {SessionId}, Token = ***, ResumeKey = ***, ExpiresAt = {ExpiresAt:O}");
        return true;
    }
}
