using System.Globalization;

namespace ChatBotKit.AdminConsole.Overview;

/// <summary>The content of the first page.</summary>
public sealed record OverviewModel
{
    /// <summary>Gets whether there is a language model, rather than the built-in one alone that quotes passages.</summary>
    public required bool HasModel { get; init; }

    /// <summary>Gets the newest bot.</summary>
    public required BotItem? FirstBot { get; init; }

    /// <summary>Gets whether there is a dataset.</summary>
    public required bool HasDataset { get; init; }

    /// <summary>Gets whether a session was minted by something else than this console.</summary>
    public required bool IsEmbedded { get; init; }

    /// <summary>Gets the new messages of each day.</summary>
    public required Figure Messages { get; init; }

    /// <summary>Gets the tokens of each day.</summary>
    public required Figure Tokens { get; init; }

    /// <summary>Gets the new conversations of each day.</summary>
    public required Figure Conversations { get; init; }

    /// <summary>Gets the refused requests of each day.</summary>
    public required Figure Refusals { get; init; }

    /// <summary>Gets the number of active sessions that were read.</summary>
    public required int ActiveSessions { get; init; }

    /// <summary>Gets whether there are more active sessions.</summary>
    public required bool HasMoreSessions { get; init; }

    /// <summary>Gets the newest conversations.</summary>
    public required IReadOnlyList<ConversationItem> Newest { get; init; }

    /// <summary>Gets the newest problems: work that has failed for good, and errors of the API.</summary>
    public required IReadOnlyList<OverviewProblem> Problems { get; init; }
}

/// <summary>A problem.</summary>
/// <param name="Text">The description.</param>
/// <param name="Path">The page that shows it.</param>
/// <param name="At">When; null when that is not known.</param>
public sealed record OverviewProblem(string Text, string Path, DateTimeOffset? At);

/// <summary>A number of the last days, with one value for each day.</summary>
/// <param name="Name">The name of the things that are counted.</param>
/// <param name="Days">The days, in UTC.</param>
/// <param name="Values">The value of each day.</param>
/// <param name="IsPart">Whether there was more than was read.</param>
public sealed record Figure(string Name, IReadOnlyList<DateOnly> Days, IReadOnlyList<long> Values, bool IsPart)
{
    /// <summary>Gets the sum.</summary>
    public string Total => Values.Aggregate(Int128.Zero, static (sum, value) => sum + value).ToString("N0", CultureInfo.InvariantCulture) + (IsPart ? "+" : "");

    internal static Figure Of(string name, IEnumerable<(DateTimeOffset At, long Count)> what, DateTimeOffset since, int days, bool isPart)
    {
        var values = new long[days];
        foreach (var (at, count) in what)
        {
            var day = (at - since).TotalDays;
            if (day >= 0 && day < days)
                values[(int)day] += count;
        }

        return new(name, [.. Enumerable.Range(0, days).Select(day => DateOnly.FromDateTime(since.UtcDateTime).AddDays(day))], values, isPart);
    }
}
