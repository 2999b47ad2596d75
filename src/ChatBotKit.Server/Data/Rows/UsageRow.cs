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

    /// <summary>The contact on whose behalf the turn ran; null for none.</summary>
    public string? ContactId { get; init; }

    /// <summary>The task of the conversation; null for none.</summary>
    public string? TaskId { get; init; }

    public required string Model { get; init; }

    public required long InputTokens { get; init; }

    public required long OutputTokens { get; init; }

    public required int Messages { get; init; }

    /// <summary>The time from the acceptance of the run to the first piece of its answer, in milliseconds; null when there was no answer.</summary>
    public long? FirstToken { get; init; }

    /// <summary>The time from the acceptance of the run to its end, in milliseconds; null when the record is not of a run.</summary>
    public long? Duration { get; init; }

    /// <summary>The reason of the end of the run; null when the record is not of a run.</summary>
    public string? EndReason { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>Creates the record of tokens that were used outside of a run.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="model">The name of the model.</param>
    /// <param name="inputTokens">The number of input tokens.</param>
    /// <param name="outputTokens">The number of output tokens.</param>
    /// <param name="now">The time in Unix milliseconds.</param>
    /// <param name="conversation">The conversation; null for none.</param>
    /// <param name="botId">The bot of a use without a conversation; null for none.</param>
    public static UsageRow OfTokens(
        string accountId, string model, long inputTokens, long outputTokens, long now, ConversationRow? conversation = null, string? botId = null) => new()
        {
            Id = Ids.New(),
            AccountId = accountId,
            ConversationId = conversation?.Id,
            BotId = conversation is null ? botId : conversation.BotId,
            ContactId = conversation?.ContactId,
            TaskId = conversation?.TaskId,
            Model = model,
            InputTokens = inputTokens,
            OutputTokens = outputTokens,
            Messages = 0,
            CreatedAt = now,
        };
}
