namespace ChatBotKit;

/// <summary>Describes what an example was copied to.</summary>
public sealed record PlatformExampleCloneResponse : ApiObject
{
    /// <summary>Gets the resources that were made, by their kind, such as <c>bot</c>.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<PlatformExampleResource>> Resources { get; init; }
}

/// <summary>A resource that was made after an example.</summary>
public sealed record PlatformExampleResource : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what it is for.</summary>
    public string? Description { get; init; }
}
