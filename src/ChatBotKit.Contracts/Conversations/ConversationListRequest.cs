namespace ChatBotKit;

/// <summary>Specifies which conversations to list or export.</summary>
public sealed record ConversationListRequest : ListRequest
{
    /// <summary>Gets the ids of the bots to filter by, separated by commas.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the ids of the contacts to filter by, separated by commas.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the ids of the tasks to filter by, separated by commas.</summary>
    public string? TaskId { get; init; }

    /// <summary>
    /// Gets the time at or after which the conversations were created. Only the server of this project supports this filter; the hosted
    /// service ignores it.
    /// </summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>
    /// Gets the time at or before which the conversations were created. Only the server of this project supports this filter; the hosted
    /// service ignores it.
    /// </summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>
    /// Gets the rating that a conversation, or one of its messages, must have. Only the server of this project supports this filter; the
    /// hosted service ignores it.
    /// </summary>
    public ConversationVote? Vote { get; init; }

    /// <summary>
    /// Gets the text, at most 200 characters, that the user or the bot must have written. Small and capital letters are the same. Only the
    /// newest 1,000 messages of a conversation are searched. Only the server of this project supports this filter; the hosted service
    /// ignores it.
    /// </summary>
    /// <remarks>
    /// A page ends when the server has looked at 1,000 conversations or 10,000 messages. So it can have few items, or none, and still a
    /// <see cref="ListResponse{T}.Cursor"/>, with which the search goes on. The cursor is null when everything was looked at. An enumeration reads
    /// to the end.
    /// </remarks>
    public string? Text { get; init; }
}
