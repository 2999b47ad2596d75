namespace ChatBotKit;

/// <summary>Describes the resources that an example was copied to.</summary>
public sealed record PlatformExampleCloneResponse : ApiObject
{
    /// <summary>Gets the resources that were created, by kind, such as <c>bot</c>.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<PlatformExampleResource>> Resources { get; init; }
}

/// <summary>A resource that was created from an example.</summary>
public sealed record PlatformExampleResource : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets its purpose.</summary>
    public string? Description { get; init; }
}
