namespace ChatBotKit;

/// <summary>The answer of operations on a path of a space.</summary>
public sealed record SpaceStoragePathResponse : ApiObject
{
    /// <summary>Gets the path: of a copy or move the new one, of a deletion the deleted one.</summary>
    public required string Path { get; init; }
}
