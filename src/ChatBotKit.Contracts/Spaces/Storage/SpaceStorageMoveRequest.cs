namespace ChatBotKit;

/// <summary>A request to move or rename a file of a space.</summary>
public sealed record SpaceStorageMoveRequest
{
    /// <summary>Gets the new path. An existing file is replaced.</summary>
    public required string DestinationPath { get; init; }
}
