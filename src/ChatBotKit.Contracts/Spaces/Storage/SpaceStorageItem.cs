namespace ChatBotKit;

/// <summary>A file or folder of a space.</summary>
public sealed record SpaceStorageItem : ApiObject
{
    /// <summary>Gets the id, which is derived from the path.</summary>
    public string? Id { get; init; }

    /// <summary>Gets the path from the root of the space.</summary>
    public string? Path { get; init; }

    /// <summary>Gets the size in bytes; a folder has 0.</summary>
    public long? Size { get; init; }

    /// <summary>Gets when the file was last updated.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Gets whether it is a folder.</summary>
    public bool? IsDirectory { get; init; }
}
