using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a portal. A field that is not set keeps its value.</summary>
public sealed record PortalUpdateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it; null removes it. At most 128 characters. The
    /// hosted service also removes it when it is left out, so send it with every update.
    /// </summary>
    public Optional<string> Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description of the portal. At most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }

    /// <summary>Gets the blueprint that the portal belongs to, by id or alias; null for none.</summary>
    public Optional<string> BlueprintId { get; init; }

    /// <summary>Gets the slug: the part of its address that identifies the portal. It must be unique.</summary>
    public Optional<string> Slug { get; init; }

    /// <summary>
    /// Gets the configuration of the portal: apps, groups, users (addresses or <c>*@domain</c>), sign-in and layout. It
    /// replaces the stored configuration as a whole.
    /// </summary>
    public Optional<JsonObject> Config { get; init; }
}
