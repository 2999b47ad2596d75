namespace ChatBotKit.Server.Data.Rows;

/// <summary>A short note for the bots of a blueprint.</summary>
internal sealed record BulletinRow
{
    public required string Id { get; init; }

    public required string BlueprintId { get; init; }

    public required string Text { get; init; }

    /// <summary>The name of the person or bot that wrote it; null when it has none.</summary>
    public string? Author { get; init; }

    /// <summary>The bot that wrote it; null for a person.</summary>
    public string? BotId { get; init; }

    public required long CreatedAt { get; init; }

    public required long ExpiresAt { get; init; }
}
