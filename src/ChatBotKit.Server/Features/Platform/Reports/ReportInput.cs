using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Platform.Reports;

/// <summary>The parameters of a report. Fields that the report does not have are ignored, as the official server ignores them.</summary>
internal sealed class ReportInput(JsonObject input)
{
    /// <summary>The longest period. Two of them are read, because the change since the period before is a part of most reports.</summary>
    public const int MaxDays = 365;

    public const int DefaultDays = 30;

    /// <summary>The most ids of a report.</summary>
    public const int MaxIds = 100;

    /// <exception cref="ApiException">400: the value is not a whole number in the range.</exception>
    public int Days(int fallback = DefaultDays, int max = MaxDays) => Number("periodDays", fallback, max);

    /// <summary>Returns a whole number from 1 on.</summary>
    /// <exception cref="ApiException">400: the value is not a whole number in the range.</exception>
    public int Number(string field, int fallback, int max)
    {
        if (input[field] is not { } node)
            return fallback;
        var text = node is JsonValue value && value.TryGetValue<string>(out var written) ? written : node.ToJsonString();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max && number == Math.Floor(number)
            ? (int)number
            : throw ApiException.BadRequest($"\"{field}\" must be a whole number from 1 to {max}");
    }

    /// <exception cref="ApiException">400: the value is missing or is not a text.</exception>
    public string Id(string field) =>
        input[field] is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } id
            ? id
            : throw ApiException.BadRequest($"\"{field}\" must be an id");

    /// <exception cref="ApiException">400: the value is not a list of 1 to <see cref="MaxIds"/> ids.</exception>
    public IReadOnlyList<string> Ids(string field)
    {
        var ids = input[field] is JsonArray { Count: >= 1 and <= MaxIds } array && array.All(static one => one?.GetValueKind() == JsonValueKind.String)
            ? array.Select(static one => one!.GetValue<string>())
            : throw ApiException.BadRequest($"\"{field}\" must be a list of 1 to {MaxIds} ids");
        return [.. ids.Distinct()];
    }
}
