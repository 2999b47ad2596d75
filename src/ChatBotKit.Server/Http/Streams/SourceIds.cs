using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Removes the ids and scores of the sources in the <c>meta</c> of a message, so that an end user sees only their titles, addresses and
/// pages.
/// </summary>
internal static class SourceIds
{
    private const string Field = "sources";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether an event line is one of a message with sources.</summary>
    public static bool IsIn(JsonElement line) =>
        line.GetProperty("type").ValueEquals("message"u8) && line.GetProperty("data").TryGetProperty("meta", out var meta) && AreIn(meta);

    /// <summary>Returns the <c>meta</c> of a message, as JSON text, without the ids of its sources.</summary>
    public static string? Removed(string? meta)
    {
        if (meta?.Contains($"\"{Field}\"", StringComparison.Ordinal) is not true)
            return meta;
        using var document = JsonDocument.Parse(meta, JsonRules.Stored);
        if (!AreIn(document.RootElement))
            return meta;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
            WriteMeta(json, document.RootElement);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes an event line without the ids of the sources in it.</summary>
    public static void WriteLine(IBufferWriter<byte> lines, JsonElement line)
    {
        using (var json = new Utf8JsonWriter(lines, Options))
        {
            Write(json, line, "data", static (json, data) => Write(json, data, "meta", WriteMeta));
        }

        lines.Write("\n"u8);
    }

    private static bool AreIn(JsonElement meta) =>
        meta.ValueKind == JsonValueKind.Object && meta.TryGetProperty(Field, out var sources) && sources.ValueKind == JsonValueKind.Array;

    private static void WriteMeta(Utf8JsonWriter json, JsonElement meta) => Write(json, meta, Field, static (json, sources) =>
    {
        json.WriteStartArray();
        foreach (var source in sources.EnumerateArray())
            WriteSource(json, source);
        json.WriteEndArray();
    });

    private static void WriteSource(Utf8JsonWriter json, JsonElement source)
    {
        if (source.ValueKind != JsonValueKind.Object)
        {
            source.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (var property in source.EnumerateObject().Where(property => property.Name is not ("datasetId" or "recordId" or "score")))
            property.WriteTo(json);
        json.WriteEndObject();
    }

    /// <summary>Writes an object, in which one member is written by <paramref name="write"/>.</summary>
    private static void Write(Utf8JsonWriter json, JsonElement value, string field, Action<Utf8JsonWriter, JsonElement> write)
    {
        json.WriteStartObject();
        foreach (var property in value.EnumerateObject())
        {
            if (property.NameEquals(field))
            {
                json.WritePropertyName(field);
                write(json, property.Value);
            }
            else
            {
                property.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }
}
