using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create a web site that shows the files of a space.</summary>
public sealed record SpaceSiteCreateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it. At most 128 lower-case letters, digits, - and
    /// _; unique among your sites.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the site, at most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the host name of the site, which is a part of the domain of the server.</summary>
    public required string Domain { get; init; }

    /// <summary>Gets the folder of the space that the site shows, at most 1024 characters. Default: the whole space.</summary>
    public string? Prefix { get; init; }

    /// <summary>Gets the file that is shown for a folder, 1 to 256 characters. Default: <c>index.html</c>.</summary>
    public string? Index { get; init; }

    /// <summary>
    /// Gets the file that is shown when the requested one does not exist, 1 to 256 characters. Default: <c>404.html</c>.
    /// </summary>
    public string? NotFound { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }
}
