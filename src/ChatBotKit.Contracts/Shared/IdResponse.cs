namespace ChatBotKit;

/// <summary>The answer of operations that return only the id of the affected resource.</summary>
public sealed record IdResponse : ApiObject
{
    /// <summary>Gets the id of the resource that was created, updated or deleted.</summary>
    public required string Id { get; init; }
}
