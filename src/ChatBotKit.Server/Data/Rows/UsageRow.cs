namespace ChatBotKit.Server.Data.Rows;

/// <summary>The usage of one turn of a conversation.</summary>
internal sealed class UsageRow
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public string? ConversationId { get; init; }

    public string? SessionId { get; init; }

    /// <summary>The bot whose settings the turn used; null for none.</summary>
    public string? BotId { get; init; }

    public required string Model { get; init; }

    public required long InputTokens { get; init; }

    public required long OutputTokens { get; init; }

    public required int Messages { get; init; }

    public required long CreatedAt { get; init; }
}
