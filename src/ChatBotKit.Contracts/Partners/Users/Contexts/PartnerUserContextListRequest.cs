namespace ChatBotKit;

/// <summary>Specifies which contexts to list.</summary>
public sealed record PartnerUserContextListRequest : ListRequest
{
    /// <summary>Gets the blueprint that the contexts belong to. Default: any.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the bot that the contexts belong to. Default: any.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the dataset that the contexts belong to. Default: any.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the skillset that the contexts belong to. Default: any.</summary>
    public string? SkillsetId { get; init; }
}
