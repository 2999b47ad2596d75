namespace ChatBotKit;

/// <summary>Specifies which uses to list. The filters work although the document of the API does not mention them.</summary>
public sealed record UsageListRequest : ListRequest
{
    /// <summary>Gets what was used.</summary>
    public string? Type { get; init; }

    /// <summary>Gets the conversations, as ids with commas between.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the messages, as ids with commas between.</summary>
    public string? MessageId { get; init; }

    /// <summary>Gets the tasks, as ids with commas between.</summary>
    public string? TaskId { get; init; }

    /// <summary>Gets the contacts, as ids with commas between.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the blueprints, as ids with commas between.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the bots, as ids with commas between.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the datasets, as ids with commas between.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the skillsets, as ids with commas between.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>Gets the abilities, as ids with commas between.</summary>
    public string? AbilityId { get; init; }
}
