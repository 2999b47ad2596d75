namespace ChatBotKit;

/// <summary>
/// A request to update an integration that offers a skillset to other programs over plain HTTP. A field that is not set
/// keeps its value.
/// </summary>
public sealed record IntegrationSkillServerUpdateRequest : IntegrationUpdateRequest
{
    /// <summary>Gets the skillset whose abilities are offered, by id or alias.</summary>
    public Optional<string> SkillsetId { get; init; }
}
