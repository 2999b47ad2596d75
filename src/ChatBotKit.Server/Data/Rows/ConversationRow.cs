namespace ChatBotKit.Server.Data.Rows;

internal sealed class ConversationRow
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public string? ContactId { get; set; }

    public string? TaskId { get; set; }

    public string? SpaceId { get; set; }

    public string? BotId { get; set; }

    public string? Model { get; set; }

    public string? Backstory { get; set; }

    public string? DatasetId { get; set; }

    public string? SkillsetId { get; set; }

    public bool? Privacy { get; set; }

    public bool? Moderation { get; set; }

    /// <summary>A JSON object, or null.</summary>
    public string? Meta { get; set; }

    public long? ExpiresAt { get; set; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }
}
