using System.Text.Json;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>
/// The title of a record, which a search weighs more than the text: <c>meta.title</c>; without one the source, of an address only its
/// last part.
/// </summary>
internal static class RecordTitle
{
    private const string Field = "title";

    /// <summary>The beginning of the source of a record that was created from a file. The id of the file follows.</summary>
    private const string OfFile = "file:///";

    public static string Of(RecordRow row) => OfMeta(row.Meta) ?? OfSource(row.Source);

    /// <summary>Whether a source names the file that a record was created from.</summary>
    public static bool IsOfFile(string? source) => source?.StartsWith(OfFile, StringComparison.Ordinal) is true;

    private static string? OfMeta(string? meta)
    {
        if (meta is null || !meta.Contains(Field, StringComparison.Ordinal))
            return null;
        using var document = JsonDocument.Parse(meta, JsonRules.Stored);
        return document.RootElement.TryGetProperty(Field, out var title) && title.ValueKind == JsonValueKind.String ? title.GetString() : null;
    }

    private static string OfSource(string? source)
    {
        if (source is null || IsOfFile(source))
            return "";
        if (!Uri.TryCreate(source, UriKind.Absolute, out var address))
            return source;
        return Uri.UnescapeDataString(address.Segments.Length == 0 ? "" : address.Segments[^1].TrimEnd('/'));
    }
}
