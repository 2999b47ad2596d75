namespace ChatBotKit;

/// <summary>The time that a report looks at.</summary>
public sealed record PlatformReportRequest
{
    /// <summary>Gets how many days to look back, 1 or more. Default: 30.</summary>
    public int? PeriodDays { get; init; }
}

/// <summary>A report of one number.</summary>
public sealed record PlatformReportResponse : ApiObject
{
    /// <summary>Gets the number.</summary>
    public required double Value { get; init; }

    /// <summary>Gets how it has changed against the time before; null when the report does not tell.</summary>
    public double? Change { get; init; }

    /// <summary>Gets the time that was looked at, for people.</summary>
    public required string Period { get; init; }

    /// <summary>Gets the number day by day; null when the report does not tell.</summary>
    public IReadOnlyList<PlatformReportDay>? Breakdown { get; init; }

    /// <summary>Gets the good ratings, in the report of all ratings.</summary>
    public double? ThumbsUp { get; init; }

    /// <summary>Gets the bad ratings, in the report of all ratings.</summary>
    public double? ThumbsDown { get; init; }
}

/// <summary>One day of a report.</summary>
public sealed record PlatformReportDay : ApiObject
{
    /// <summary>Gets the day.</summary>
    public required string Date { get; init; }

    /// <summary>Gets the number of that day.</summary>
    public required double Total { get; init; }
}
