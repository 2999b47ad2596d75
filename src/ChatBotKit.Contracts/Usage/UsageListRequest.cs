namespace ChatBotKit;

/// <summary>Specifies which usage records to list. The published API document does not mention the filters, but they work.</summary>
public sealed record UsageListRequest : ListRequest
{
    /// <summary>Gets the type of usage to list. Default: any.</summary>
    public string? Type { get; init; }

    /// <summary>Gets the ids of the conversations to filter by, separated by commas.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the ids of the messages to filter by, separated by commas.</summary>
    public string? MessageId { get; init; }

    /// <summary>Gets the ids of the tasks to filter by, separated by commas.</summary>
    public string? TaskId { get; init; }

    /// <summary>Gets the ids of the contacts to filter by, separated by commas.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the ids of the blueprints to filter by, separated by commas.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the ids of the bots to filter by, separated by commas.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the ids of the datasets to filter by, separated by commas.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the ids of the skillsets to filter by, separated by commas.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>Gets the ids of the abilities to filter by, separated by commas.</summary>
    public string? AbilityId { get; init; }
}
