namespace ChatBotKit;

/// <summary>A request to delete a file or folder of a space.</summary>
public sealed record SpaceStorageDeleteRequest
{
    /// <summary>Gets whether a folder is deleted with everything in it. Default: no.</summary>
    public bool? Recursive { get; init; }
}
