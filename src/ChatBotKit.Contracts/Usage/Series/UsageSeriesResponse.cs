namespace ChatBotKit;

/// <summary>Describes the usage of an account in the last 90 days, day by day.</summary>
public sealed record UsageSeriesResponse : ApiObject
{
    /// <summary>Gets the number of weighted tokens.</summary>
    public required IReadOnlyList<UsageSeriesPoint> Tokens { get; init; }

    /// <summary>Gets the new conversations.</summary>
    public required IReadOnlyList<UsageSeriesPoint> Conversations { get; init; }

    /// <summary>Gets the new messages.</summary>
    public required IReadOnlyList<UsageSeriesPoint> Messages { get; init; }
}

/// <summary>One day of a series.</summary>
public sealed record UsageSeriesPoint : ApiObject
{
    /// <summary>Gets the day.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Gets the usage on this day.</summary>
    public required long Total { get; init; }
}
