namespace ChatBotKit;

/// <summary>Describes the progress of a long operation.</summary>
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

    /// <summary>Gets the number of the current step.</summary>
    public double? Step { get; init; }

    /// <summary>Gets the number of all steps.</summary>
    public double? Total { get; init; }

    /// <summary>Gets the estimated remaining time in milliseconds.</summary>
    public double? Eta { get; init; }
}
