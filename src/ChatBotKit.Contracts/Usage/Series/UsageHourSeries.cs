namespace ChatBotKit;

/// <summary>Specifies which hours to describe.</summary>
public sealed record UsageHourSeriesRequest
{
    /// <summary>Gets the number of hours, which end with the current one, from 1 to 72. Default: 24.</summary>
    public int? PeriodHours { get; init; }

    /// <summary>Gets the bot whose usage to describe, by its id or alias. Default: all usage of the account.</summary>
    public string? BotId { get; init; }
}

/// <summary>Describes the usage of an account, hour by hour.</summary>
public sealed record UsageHourSeriesResponse : ApiObject
{
    /// <summary>Gets the hours, oldest first. An hour without usage has zeros.</summary>
    public required IReadOnlyList<UsageHour> Hours { get; init; }
}

/// <summary>The usage of an hour.</summary>
public sealed record UsageHour : ApiObject
{
    /// <summary>Gets the time at which the hour begins.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Gets the number of new conversations. Those that were deleted do not count.</summary>
    public required long Conversations { get; init; }

    /// <summary>Gets the number of messages of runs: questions and answers. Messages that were stored without a run do not count.</summary>
    public required long Messages { get; init; }

    /// <summary>Gets the tokens of the prompts.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Gets the tokens of the answers.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Gets the number of runs that ended.</summary>
    public required long Runs { get; init; }

    /// <summary>Gets the number of runs by the reason of their end, such as <c>stop</c> or <c>error</c>.</summary>
    public required IReadOnlyDictionary<string, long> Reasons { get; init; }

    /// <summary>Gets the time until the answer began; null when no run has an answer.</summary>
    public UsageRunTimes? FirstToken { get; init; }

    /// <summary>Gets the time until the run ended; null when there was no run.</summary>
    public UsageRunTimes? Duration { get; init; }
}
