using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A stored file, without its bytes.</summary>
public sealed record FileItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the alias, which can replace the id when @ is written before it.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the content.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the blueprint that the file is part of.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets who besides the owner may use the file.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the file was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the file was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
