using System.Globalization;

namespace ChatBotKit.Server.Knowledge;

/// <summary>The reranker of a dataset: a name, which may have slashes, and settings as <c>/name=value</c>.</summary>
/// <param name="Model">The name of the model.</param>
/// <param name="MaxRecords">The number of records that it ranks.</param>
internal sealed record RerankerReference(string Model, int MaxRecords)
{
    /// <summary>The number of records when the reference does not say another one.</summary>
    public const int DefaultRecords = 20;

    private const string RecordsSetting = "maxRecords";

    /// <summary>Reads a reference. Settings that are unknown, or have a value that can't be used, are left out.</summary>
    /// <returns>The reranker; null when the text names none.</returns>
    public static RerankerReference? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var parts = text.Trim().Split('/');
        var names = parts.TakeWhile(part => !part.Contains('=', StringComparison.Ordinal)).ToList();
        var name = string.Join('/', names).Trim();
        return name.Length == 0 ? null : new RerankerReference(name, Records(parts.Skip(names.Count)));
    }

    private static int Records(IEnumerable<string> settings)
    {
        foreach (var setting in settings)
        {
            if (setting.Split('=', 2) is [RecordsSetting, var value]
                && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var records) && records > 0)
                return records;
        }

        return DefaultRecords;
    }
}
