namespace ChatBotKit;

/// <summary>The answer of operations on a path of a space.</summary>
public sealed record SpaceStoragePathResponse : ApiObject
{
    /// <summary>Gets the path: the new one after a copy or move, the deleted one after a deletion.</summary>
    public required string Path { get; init; }
}
