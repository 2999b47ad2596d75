namespace ChatBotKit;

/// <summary>A short note for all bots of a blueprint. It expires.</summary>
public sealed record BlueprintBulletinItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the author.</summary>
    public string? Author { get; init; }

    /// <summary>Gets the bot that wrote the note; null when it was not written by a bot.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets when it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the note expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
