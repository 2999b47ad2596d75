namespace ChatBotKit;

/// <summary>The answer of operations that name only the thing they touched.</summary>
public sealed record IdResponse : ApiObject
{
    /// <summary>Gets the id of the thing that was made, changed or removed.</summary>
    public required string Id { get; init; }
}
