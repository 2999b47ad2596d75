namespace ChatBotKit;

/// <summary>A call of the model starts. A run makes one or more.</summary>
public sealed record CompleteBeginEvent : RunEvent<CompleteEventData>
{
    /// <inheritdoc/>
    public override string Type => "completeBegin";
}

/// <summary>A call of the model has ended.</summary>
public sealed record CompleteEndEvent : RunEvent<CompleteEventData>
{
    /// <inheritdoc/>
    public override string Type => "completeEnd";
}

/// <summary>Describes which call of the model an event is about.</summary>
public sealed record CompleteEventData : ApiObject
{
    /// <summary>Gets the temporary id of the run.</summary>
    public string? Instance { get; init; }

    /// <summary>Gets the temporary id of the call.</summary>
    public string? Iteration { get; init; }
}
