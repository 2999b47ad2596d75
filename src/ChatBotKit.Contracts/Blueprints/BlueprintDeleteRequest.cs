namespace ChatBotKit;

/// <summary>Specifies how to delete a blueprint.</summary>
public sealed record BlueprintDeleteRequest
{
    /// <summary>
    /// Gets whether the resources of the blueprint are deleted too. Default: false, which keeps them without a blueprint.
    /// </summary>
    public bool? DeleteResources { get; init; }
}
