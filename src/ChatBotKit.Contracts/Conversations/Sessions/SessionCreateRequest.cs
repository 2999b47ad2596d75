using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>
/// A request to create a session: a token that gives an end user access to one conversation and nothing else. The hosted
/// service supports only <see cref="DurationInSeconds"/>; the server of this project supports all fields.
/// </summary>
public sealed record SessionCreateRequest
{
    /// <summary>Gets how long the token is valid, 1800 to 86400 seconds. Default: 3600. A server may have a lower maximum.</summary>
    public int? DurationInSeconds { get; init; }

    /// <summary>
    /// Gets whether the holder of the token may exchange it for a new one before it expires. Default: false, so that only
    /// the owner can refresh the session.
    /// </summary>
    public bool? Refreshable { get; init; }

    /// <summary>
    /// Gets how long a refreshable session can be extended, in seconds from now: at least <see cref="DurationInSeconds"/>,
    /// at most 2,592,000 (30 days). Default: a day. Not allowed without <see cref="Refreshable"/>.
    /// </summary>
    public int? LifetimeInSeconds { get; init; }

    /// <summary>
    /// Gets the permissions of the session. Default: all that the official clients need, which are all except
    /// <see cref="SessionPermission.ToolsRead"/>.
    /// </summary>
    public IReadOnlyList<SessionPermission>? Permissions { get; init; }

    /// <summary>
    /// Gets the web origins whose pages may use the token, for example <c>https://shop.example</c>; at most 50. Default:
    /// any. The list does not apply to requests without an <c>Origin</c> header, such as those of phones and programs.
    /// </summary>
    public IReadOnlyList<string>? Origins { get; init; }

    /// <summary>
    /// Gets the contact of the session holder. Default: the contact of the conversation. When the conversation has a
    /// contact, it must be the same.
    /// </summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the usage limits of the session. Default: no limits.</summary>
    public SessionLimits? Limits { get; init; }

    /// <summary>Gets the custom metadata of the session, at most 65,535 bytes as JSON. The holder does not see it. Keys that begin with _ are refused.</summary>
    public JsonObject? Meta { get; init; }
}
