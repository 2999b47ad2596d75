using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a site. A field that is not set keeps its value.</summary>
public sealed record SpaceSiteUpdateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it; null removes it. At most 128 characters. The
    /// hosted service also removes it when it is left out, so send it with every update.
    /// </summary>
    public Optional<string> Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description of the site, at most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>Gets the host name of the site, which is a part of the domain of the server.</summary>
    public Optional<string> Domain { get; init; }

    /// <summary>Gets the folder of the space that the site shows, at most 1024 characters; null for the whole space.</summary>
    public Optional<string> Prefix { get; init; }

    /// <summary>Gets the file that is shown for a folder, 1 to 256 characters.</summary>
    public Optional<string> Index { get; init; }

    /// <summary>Gets the file that is shown when the requested one does not exist, 1 to 256 characters.</summary>
    public Optional<string> NotFound { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }
}
