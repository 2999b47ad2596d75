using System.Globalization;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Bots;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Usage;

/// <summary>
/// Describes the runs of each day or hour: their number, the reasons of their ends, their times and their tokens. It is derived from the
/// usage records, which are stored with the ends of runs. A run that was cut off by the end of its process has none.
/// </summary>
internal sealed class RunFigures(IStore store, TimeProvider time)
{
    private const int DefaultDays = 30;
    private const int MaxDays = 90;
    private const int DefaultHours = 24;
    private const int MaxHours = 72;

    /// <param name="accountId">The account.</param>
    /// <param name="botId">The id or alias of a bot of the account; null for all runs.</param>
    /// <param name="periodDays">The number of days in the request; null for the default.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <exception cref="ApiException">400: the number of days is invalid; 404: the account has no such bot.</exception>
    public ValueTask<UsageRunSeriesResponse> FetchAsync(string accountId, string? botId, string? periodDays, CancellationToken cancellationToken)
    {
        var days = TimeSlots.Until(time.GetUtcNow(), NumberOf(periodDays, "periodDays", DefaultDays, MaxDays), TimeSlots.Day);
        return store.QueryAsync(
            async db =>
            {
                var runs = await RunSlots.ReadAsync(db, await ScopeOfAsync(db, accountId, botId), days);
                return new UsageRunSeriesResponse
                {
                    Days =
                    [
                        .. days.All.Select(day => new UsageRunDay
                        {
                            Date = days.TimeOf(day),
                            Runs = runs.CountOf(day),
                            Reasons = runs.ReasonsOf(day),
                            FirstToken = runs.FirstTokenOf(day),
                            Duration = runs.DurationOf(day),
                            InputTokens = runs.SumsOf(day).InputTokens,
                            OutputTokens = runs.SumsOf(day).OutputTokens,
                        }),
                    ],
                };
            },
            cancellationToken);
    }

    /// <param name="accountId">The account.</param>
    /// <param name="botId">The id or alias of a bot of the account; null for all runs.</param>
    /// <param name="periodHours">The number of hours in the request; null for the default.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <exception cref="ApiException">400: the number of hours is invalid; 404: the account has no such bot.</exception>
    public ValueTask<UsageHourSeriesResponse> FetchHoursAsync(
        string accountId, string? botId, string? periodHours, CancellationToken cancellationToken)
    {
        var hours = TimeSlots.Until(time.GetUtcNow(), NumberOf(periodHours, "periodHours", DefaultHours, MaxHours), TimeSlots.Hour);
        return store.QueryAsync(
            async db =>
            {
                var scope = await ScopeOfAsync(db, accountId, botId);
                var runs = await RunSlots.ReadAsync(db, scope, hours);
                var conversations = (await db.CountNewConversationsAsync(scope, hours)).ToDictionary();
                return new UsageHourSeriesResponse
                {
                    Hours =
                    [
                        .. hours.All.Select(hour => new UsageHour
                        {
                            Date = hours.TimeOf(hour),
                            Conversations = conversations.GetValueOrDefault(hour),
                            Messages = runs.SumsOf(hour).Messages,
                            InputTokens = runs.SumsOf(hour).InputTokens,
                            OutputTokens = runs.SumsOf(hour).OutputTokens,
                            Runs = runs.CountOf(hour),
                            Reasons = runs.ReasonsOf(hour),
                            FirstToken = runs.FirstTokenOf(hour),
                            Duration = runs.DurationOf(hour),
                        }),
                    ],
                };
            },
            cancellationToken);
    }

    private static async ValueTask<UsageScope> ScopeOfAsync(ISqlSession db, string accountId, string? botId)
    {
        if (string.IsNullOrEmpty(botId))
            return new UsageScope(accountId);
        return await db.FindOwnAsync(BotKind.Name, botId, accountId) is { } bot ? new UsageScope(accountId, bot.Id) : throw ApiException.NotFound("Bot");
    }

    private static int NumberOf(string? text, string field, int fallback, int most)
    {
        if (string.IsNullOrEmpty(text))
            return fallback;
        return int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw ApiException.BadRequest($"\"{field}\" must be a whole number from 1 to {most}");
    }
}
