namespace ChatBotKit;

/// <summary>Describes how far a long operation has come.</summary>
public sealed record ProgressReportEvent : RunEvent<ProgressReportEventData>
{
    /// <inheritdoc/>
    public override string Type => "progressReport";
}

/// <summary>The data of a <see cref="ProgressReportEvent"/>.</summary>
public sealed record ProgressReportEventData : ApiObject
{
    /// <summary>Gets the temporary id of the operation.</summary>
    public string? Id { get; init; }

    /// <summary>Gets the number of the step that is under way.</summary>
    public double? Step { get; init; }

    /// <summary>Gets the number of all steps.</summary>
    public double? Total { get; init; }

    /// <summary>Gets the expected time to the end, in milliseconds.</summary>
    public double? Eta { get; init; }
}
