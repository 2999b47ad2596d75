using System.Globalization;
using ChatBotKit.AdminConsole.Web;

namespace ChatBotKit.AdminConsole.Usage;

/// <summary>The periods that a reader can choose from.</summary>
internal static class UsagePeriods
{
    /// <summary>The choice of the last 24 hours, hour by hour.</summary>
    public const int OfHours = 1;

    /// <summary>The number of hours of that choice.</summary>
    public const int Hours = 24;

    private const int Default = 30;

    /// <summary>The choices, as numbers of days.</summary>
    public static readonly IReadOnlyList<int> All = [OfHours, 7, Default, 90];

    /// <summary>Returns the choice of the reader.</summary>
    public static int Of(Page page) => All.FirstOrDefault(one => one.ToString(CultureInfo.InvariantCulture) == page.Query("days"), Default);

    /// <summary>Returns the length of a period as text.</summary>
    public static string TextOf(int days) => days == OfHours ? $"{Hours} hours" : $"{days} days";
}
