namespace ChatBotKit;

/// <summary>A run of a stored conversation, as a list returns it. A run is one call of the API in which the model answers.</summary>
public sealed record RunItem : ApiObject
{
    /// <summary>Gets the id, which is used in <c>run/{id}/stream</c> and <c>run/{id}/abort</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Gets whether the run is running or has ended.</summary>
    public required RunState State { get; init; }

    /// <summary>Gets why the run ended; null while it is running.</summary>
    public EndReason? Reason { get; init; }

    /// <summary>Gets when the run was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the run ended; null while it is running.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>
    /// Gets the number of the last event that the run has stored so far. It is null when the run has no events, when its
    /// log was removed, and when its events go to a channel.
    /// </summary>
    public long? LastEventId { get; init; }
}
