namespace ChatBotKit;

/// <summary>A request to move or rename a file of a space.</summary>
public sealed record SpaceStorageMoveRequest
{
    /// <summary>Gets the new path; a file that is there already is replaced.</summary>
    public required string DestinationPath { get; init; }
}
