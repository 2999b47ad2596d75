namespace ChatBotKit;

/// <summary>The period of a report.</summary>
public sealed record PlatformReportRequest
{
    /// <summary>Gets how many days to look back, 1 or more. Default: 30.</summary>
    public int? PeriodDays { get; init; }
}

/// <summary>A report that consists of one number.</summary>
public sealed record PlatformReportResponse : ApiObject
{
    /// <summary>Gets the number.</summary>
    public required double Value { get; init; }

    /// <summary>Gets the change from the previous period; null when the report does not include it.</summary>
    public double? Change { get; init; }

    /// <summary>Gets the period of the report, as a text for display.</summary>
    public required string Period { get; init; }

    /// <summary>Gets the number for each day; null when the report does not include it.</summary>
    public IReadOnlyList<PlatformReportDay>? Breakdown { get; init; }

    /// <summary>Gets the number of positive ratings, in the report of all ratings.</summary>
    public double? ThumbsUp { get; init; }

    /// <summary>Gets the number of negative ratings, in the report of all ratings.</summary>
    public double? ThumbsDown { get; init; }
}

/// <summary>One day of a report.</summary>
public sealed record PlatformReportDay : ApiObject
{
    /// <summary>Gets the day.</summary>
    public required string Date { get; init; }

    /// <summary>Gets the number for that day.</summary>
    public required double Total { get; init; }
}
