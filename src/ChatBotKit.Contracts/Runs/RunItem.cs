namespace ChatBotKit;

/// <summary>A run of a stored conversation: one call that let the model answer, as a list shows it.</summary>
public sealed record RunItem : ApiObject
{
    /// <summary>Gets the id, which <c>run/{id}/stream</c> and <c>run/{id}/abort</c> take.</summary>
    public required string Id { get; init; }

    /// <summary>Gets whether the run is still going on.</summary>
    public required RunState State { get; init; }

    /// <summary>Gets why the run ended; null while it goes on.</summary>
    public EndReason? Reason { get; init; }

    /// <summary>Gets when the run was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the run ended; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>
    /// Gets the number of the last event that the run has stored so far; null when it has none, when its log was removed, and for
    /// a run that tells its events on a channel.
    /// </summary>
    public long? LastEventId { get; init; }
}
