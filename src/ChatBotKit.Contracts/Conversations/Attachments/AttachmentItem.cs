using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A file of a conversation.</summary>
public sealed record AttachmentItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name of the stored file.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the media type.</summary>
    public string? Type { get; init; }

    /// <summary>Gets the size in bytes.</summary>
    public long? Size { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the file was added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the file was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
