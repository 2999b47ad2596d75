using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A web site that shows files of a space.</summary>
public sealed record SpaceSiteItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the space that the site shows; lists leave it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SpaceId { get; init; }

    /// <summary>Gets the alias, which can replace the id when @ is written before it.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the site.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the host name of the site, which is a part of the domain of the server.</summary>
    public string? Domain { get; init; }

    /// <summary>Gets the folder of the space that the site shows; null for the whole space.</summary>
    public string? Prefix { get; init; }

    /// <summary>Gets the file that is shown for a folder.</summary>
    public string? Index { get; init; }

    /// <summary>Gets the file that is shown when the requested one does not exist.</summary>
    public string? NotFound { get; init; }

    /// <summary>Gets the name that newer servers use for <see cref="Domain"/>: its first label.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Slug { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the site was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the site was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
