namespace ChatBotKit.Server.Data.Rows;

/// <summary>An upvote (1 to 100) or downvote (-100 to -1) of a conversation or of one of its messages.</summary>
internal sealed class RatingRow
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string ConversationId { get; init; }

    public string? MessageId { get; init; }

    public string? ContactId { get; init; }

    public required int Value { get; init; }

    public string? Reason { get; init; }

    public required long CreatedAt { get; init; }
}
