namespace ChatBotKit.AdminConsole.Usage;

/// <summary>The runs and tokens of a day or an hour.</summary>
/// <param name="Date">The time at which it begins.</param>
/// <param name="Runs">The number of runs.</param>
/// <param name="Reasons">The number of runs by the reason of their end.</param>
/// <param name="FirstToken">The time until answers began; null when there was none.</param>
/// <param name="Duration">The time until runs ended; null when there was none.</param>
/// <param name="InputTokens">The tokens of the prompts.</param>
/// <param name="OutputTokens">The tokens of the answers.</param>
public sealed record UsageSlot(
    DateTimeOffset Date, long Runs, IReadOnlyDictionary<string, long> Reasons, UsageRunTimes? FirstToken, UsageRunTimes? Duration, long InputTokens, long OutputTokens)
{
    internal static UsageSlot Of(UsageRunDay day) => new(day.Date, day.Runs, day.Reasons, day.FirstToken, day.Duration, day.InputTokens, day.OutputTokens);

    internal static UsageSlot Of(UsageHour hour) => new(hour.Date, hour.Runs, hour.Reasons, hour.FirstToken, hour.Duration, hour.InputTokens, hour.OutputTokens);
}
