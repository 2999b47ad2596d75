using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>
/// A request to create a session: a token with which an end user reaches one conversation and nothing else. The hosted
/// service knows <see cref="DurationInSeconds"/> alone; everything else is understood by the server of this project.
/// </summary>
public sealed record SessionCreateRequest
{
    /// <summary>
    /// Gets how long the token is valid, 1800 to 86400 seconds. Default: 3600. A server may be set to a lower maximum.
    /// </summary>
    public int? DurationInSeconds { get; init; }

    /// <summary>
    /// Gets whether the holder of the token may exchange it for a new one before it ends. Default: false, so that only the
    /// owner can.
    /// </summary>
    public bool? Refreshable { get; init; }

    /// <summary>
    /// Gets the end that no refresh of a refreshable session gets past, in seconds from now: at least
    /// <see cref="DurationInSeconds"/>, at most 2,592,000 (30 days). Default: a day. Not allowed without
    /// <see cref="Refreshable"/>.
    /// </summary>
    public int? LifetimeInSeconds { get; init; }

    /// <summary>
    /// Gets what the holder may do. Default: all that official clients do, which is everything but
    /// <see cref="SessionPermission.ToolsRead"/>.
    /// </summary>
    public IReadOnlyList<SessionPermission>? Permissions { get; init; }

    /// <summary>
    /// Gets the web origins whose pages may use the token, for example <c>https://shop.example</c>; at most 50. Default: any.
    /// A request without an <c>Origin</c> header, as phones and programs send it, is not held to the list.
    /// </summary>
    public IReadOnlyList<string>? Origins { get; init; }

    /// <summary>
    /// Gets the contact that the holder is. Default: the contact of the conversation. It must be the same when the
    /// conversation has one.
    /// </summary>
    public string? ContactId { get; init; }

    /// <summary>Gets how much the holder may use. Default: no limit.</summary>
    public SessionLimits? Limits { get; init; }

    /// <summary>
    /// Gets the custom metadata that is kept with the session; the holder does not see it; keys that begin with _ are
    /// refused.
    /// </summary>
    public JsonObject? Meta { get; init; }
}
