using System.Text.Json;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Datasets.Files;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>
/// The title of a record, which a search weighs more than the text: <c>meta.title</c>; without one the source, of an address only its
/// last part.
/// </summary>
internal static class RecordTitle
{
    private const string Field = "title";

    public static string Of(RecordRow row) => OfMeta(row.Meta) ?? OfSource(row.Source);

    private static string? OfMeta(string? meta)
    {
        if (meta is null || !meta.Contains(Field, StringComparison.Ordinal))
            return null;
        using var document = JsonDocument.Parse(meta, JsonRules.Stored);
        return document.RootElement.TryGetProperty(Field, out var title) && title.ValueKind == JsonValueKind.String ? title.GetString() : null;
    }

    private static string OfSource(string? source)
    {
        if (source is null || FileRecords.IsSource(source))
            return "";
        if (!Uri.TryCreate(source, UriKind.Absolute, out var address))
            return source;
        return Uri.UnescapeDataString(address.Segments.Length == 0 ? "" : address.Segments[^1].TrimEnd('/'));
    }
}
