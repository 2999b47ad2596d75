using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>
/// A request to create a conversation with a bot, and a session with which an end user can access it. The hosted service supports only
/// the duration, the messages and the metadata; the server of this project supports all fields.
/// </summary>
public sealed record BotSessionCreateRequest
{
    /// <summary>Gets how long the token is valid, 1800 to 86400 seconds. Default: 3600.</summary>
    public int? DurationInSeconds { get; init; }

    /// <summary>Gets the first messages, in order. A server may accept only messages of the user.</summary>
    public IReadOnlyList<ConversationMessage>? Messages { get; init; }

    /// <summary>
    /// Gets the details of the end user: name, and an e-mail address or a phone number or both. They are not verified. Only
    /// newer servers support it.
    /// </summary>
    public ContactUpsertRequest? Contact { get; init; }

    /// <summary>
    /// Gets the custom metadata of the conversation; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are
    /// refused.
    /// </summary>
    public JsonObject? Meta { get; init; }

    /// <summary>
    /// Gets whether the holder of the token may exchange it for a new one before it expires. Default: false. Not allowed
    /// without the owner's credential.
    /// </summary>
    public bool? Refreshable { get; init; }

    /// <summary>
    /// Gets how long a refreshable session can be extended, in seconds from now: at least <see cref="DurationInSeconds"/>,
    /// at most 2,592,000 (30 days). Default: a day. Not allowed without <see cref="Refreshable"/>.
    /// </summary>
    public int? LifetimeInSeconds { get; init; }

    /// <summary>
    /// Gets the permissions of the session. Default: all that the official clients need, which are all except
    /// <see cref="SessionPermission.ToolsRead"/>. Not allowed without the owner's credential.
    /// </summary>
    public IReadOnlyList<SessionPermission>? Permissions { get; init; }

    /// <summary>
    /// Gets the web origins whose pages may use the token, for example <c>https://shop.example</c>; at most 50. Default:
    /// any. The list does not apply to requests without an <c>Origin</c> header, such as those of phones and programs.
    /// </summary>
    public IReadOnlyList<string>? Origins { get; init; }

    /// <summary>
    /// Gets the usage limits of the session. Default: those of the server. Not allowed without the owner's credential.
    /// </summary>
    public SessionLimits? Limits { get; init; }
}
