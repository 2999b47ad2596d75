namespace ChatBotKit;

/// <summary>Specifies how to delete a blueprint.</summary>
public sealed record BlueprintDeleteRequest
{
    /// <summary>
    /// Gets whether the resources of the blueprint are deleted as well. Default: false, they stay and belong to no
    /// blueprint.
    /// </summary>
    public bool? DeleteResources { get; init; }
}
