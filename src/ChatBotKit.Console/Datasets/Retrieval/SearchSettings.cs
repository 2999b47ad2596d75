using System.Globalization;
using ChatBotKit.AdminConsole.Web;

namespace ChatBotKit.AdminConsole.Datasets.Retrieval;

/// <summary>The settings of a search that differ from those of its dataset.</summary>
/// <param name="MinScore">The minimum score; null for that of the dataset.</param>
/// <param name="MaxRecords">The number of records; null for that of the dataset.</param>
public sealed record SearchSettings(double? MinScore, int? MaxRecords)
{
    private const int MaxRecordsByDefault = 3;

    /// <summary>Gets whether there is a setting.</summary>
    public bool IsGiven => MinScore is not null || MaxRecords is not null;

    /// <summary>Reads the settings from the query of a page.</summary>
    internal static SearchSettings From(Page page, string suffix = "") =>
        new(NumberOf(page.Query("score" + suffix)), CountOf(page.Query("count" + suffix)));

    /// <summary>Returns the minimum score that a search of the dataset has with these settings.</summary>
    public string MinScoreFor(DatasetItem dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return (MinScore ?? dataset.SearchMinScore ?? 0).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Returns the number of records that a search of the dataset has with these settings.</summary>
    public int MaxRecordsFor(DatasetItem dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return MaxRecords ?? dataset.SearchMaxRecords ?? MaxRecordsByDefault;
    }

    internal DatasetSearchRequest ToRequest(string question) => new() { Search = question, MinScore = MinScore, MaxRecords = MaxRecords };

    private static double? NumberOf(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static int? CountOf(string? text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}
