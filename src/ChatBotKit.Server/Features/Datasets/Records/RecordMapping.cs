using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Datasets.Records;

internal static class RecordMapping
{
    private static readonly string[] Columns = ["id", "text", "source", "meta", "createdAt", "updatedAt"];

    /// <summary>The writer for the items of a list. The stored meta is already JSON, so it is written without parsing.</summary>
    public static RawItems<RecordRow> Items { get; } = new(Write, Read, Columns);

    public static RecordItem ToItem(this RecordRow row) => new()
    {
        Id = row.Id,
        Text = row.Text!,
        Source = row.Source,
        Meta = MetaJson.Parse(row.Meta),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt),
    };

    /// <summary>Returns the cursor after a record. It has all that the next page needs, so the record may be deleted meanwhile.</summary>
    public static string CursorOf(RecordRow row) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{row.CreatedAt} {row.Id}")));

    /// <summary>Reads a cursor; null for a text that is none.</summary>
    public static (long At, string Id)? ReadCursor(string cursor)
    {
        if (!Base64Url.IsValid(cursor))
            return null;
        var text = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
        var end = text.IndexOf(' ', StringComparison.Ordinal);
        if (end < 0 || !long.TryParse(text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var at))
            return null;
        var id = text[(end + 1)..];
        return id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? (at, id) : null;
    }

    private static void Write(Utf8JsonWriter json, RecordRow row)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, row.Id);
        json.WriteString("text"u8, row.Text);
        json.WriteString("source"u8, row.Source);
        json.WritePropertyName("meta"u8);
        json.WriteRawValue(row.Meta ?? "null", skipInputValidation: true);
        json.WriteNumber("createdAt"u8, row.CreatedAt);
        json.WriteNumber("updatedAt"u8, row.UpdatedAt);
        json.WriteEndObject();
    }

    private static JsonElement Read(RecordRow row)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
            Write(json, row);
        return JsonElement.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), JsonRules.Stored);
    }
}
