namespace ChatBotKit;

/// <summary>A request to copy a file of a space.</summary>
public sealed record SpaceStorageCopyRequest
{
    /// <summary>Gets the path of the copy. An existing file is replaced.</summary>
    public required string DestinationPath { get; init; }
}
