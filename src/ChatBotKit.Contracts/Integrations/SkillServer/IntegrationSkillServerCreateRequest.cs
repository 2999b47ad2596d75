namespace ChatBotKit;

/// <summary>A request to create an integration that offers a skillset to other programs over plain HTTP.</summary>
public sealed record IntegrationSkillServerCreateRequest : IntegrationCreateRequest
{
    /// <summary>Gets the skillset whose abilities are offered, by id or alias.</summary>
    public string? SkillsetId { get; init; }
}
