namespace ChatBotKit.Server.Data.Rows;

/// <summary>A message of a conversation.</summary>
internal sealed class MessageRow
{
    public required string Id { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>
    /// 1 for the first message of the conversation, then one more for each. Unique per conversation, so that a writer
    /// that works on an old state of the conversation is refused by the database.
    /// </summary>
    public required long Position { get; init; }

    public required string Type { get; set; }

    public required string Text { get; set; }

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    /// <summary>A JSON object, or null.</summary>
    public string? Meta { get; set; }

    /// <summary>A JSON array of entities, or null for none.</summary>
    public string? Entities { get; set; }

    /// <summary>
    /// Who may answer the function call that this message is: one of <see cref="ConversationEngine.CallAnswerer"/>, or the id of a
    /// session. Null when the message is no function call, or was stored before this was kept.
    /// </summary>
    public string? AnswerFrom { get; init; }

    /// <summary>Milliseconds; strictly increasing within a conversation.</summary>
    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }

    /// <summary>How much text and data it holds.</summary>
    public int Characters => Text.Length + Name.Length + Description.Length + (Meta?.Length ?? 0) + (Entities?.Length ?? 0);
}
