namespace ChatBotKit;

/// <summary>Specifies which runs to describe.</summary>
public sealed record UsageRunSeriesRequest
{
    /// <summary>Gets the number of days, which end today in UTC, from 1 to 90. Default: 30.</summary>
    public int? PeriodDays { get; init; }

    /// <summary>Gets the bot whose runs to describe, by its id or alias. Default: all runs of the account.</summary>
    public string? BotId { get; init; }
}

/// <summary>Describes the runs of an account, day by day.</summary>
public sealed record UsageRunSeriesResponse : ApiObject
{
    /// <summary>Gets the days, oldest first. A day without runs has no figures.</summary>
    public required IReadOnlyList<UsageRunDay> Days { get; init; }
}

/// <summary>The runs that ended on a day.</summary>
public sealed record UsageRunDay : ApiObject
{
    /// <summary>Gets the day.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Gets the number of runs.</summary>
    public required long Runs { get; init; }

    /// <summary>Gets the number of runs by the reason of their end, such as <c>stop</c> or <c>error</c>.</summary>
    public required IReadOnlyDictionary<string, long> Reasons { get; init; }

    /// <summary>Gets the time until the answer began; null when no run has an answer.</summary>
    public UsageRunTimes? FirstToken { get; init; }

    /// <summary>Gets the time until the run ended; null when there was no run.</summary>
    public UsageRunTimes? Duration { get; init; }

    /// <summary>Gets the tokens of the prompts.</summary>
    public long InputTokens { get; init; }

    /// <summary>Gets the tokens of the answers.</summary>
    public long OutputTokens { get; init; }
}

/// <summary>Times in milliseconds. They are exact below 100 ms, and at most 10 % too low above.</summary>
public sealed record UsageRunTimes : ApiObject
{
    /// <summary>Gets the time that half of the runs did not exceed.</summary>
    public required long P50 { get; init; }

    /// <summary>Gets the time that 95 % of the runs did not exceed.</summary>
    public required long P95 { get; init; }
}
