namespace ChatBotKit.Server.Data.Rows;

/// <summary>A message of a conversation.</summary>
internal sealed class MessageRow
{
    public required string Id { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>
    /// The position in the conversation, from 1 on. Positions are unique, so the database refuses a writer that works on an old
    /// state of the conversation.
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
    /// Who may answer this function call: one of <see cref="ConversationEngine.CallAnswerer"/>, or the id of a session. Null when
    /// the message is not a function call, or when an older version stored it.
    /// </summary>
    public string? AnswerFrom { get; init; }

    /// <summary>The time in Unix milliseconds; strictly increasing within a conversation.</summary>
    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }

    /// <summary>The number of characters of all texts and data.</summary>
    public int Characters => Text.Length + Name.Length + Description.Length + (Meta?.Length ?? 0) + (Entities?.Length ?? 0);
}
