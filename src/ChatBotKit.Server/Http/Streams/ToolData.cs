using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Removes the arguments and results of tools from a JSON object. Names and owners are kept. Every other value is replaced with an
/// empty one of the same type, so that a client finds the fields that it expects.
/// </summary>
internal static class ToolData
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Returns the meta of an activity message, as JSON text, without arguments and result. It is unchanged for a file that the
    /// user attached.
    /// </summary>
    public static string? Emptied(string? meta)
    {
        if (meta is null)
            return null;
        using var document = JsonDocument.Parse(meta, JsonRules.Stored);
        if (IsUpload(document.RootElement))
            return meta;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
            WriteEmptied(json, document.RootElement);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Whether the meta of an activity message is about a file that an end user attached.</summary>
    public static bool IsUpload(JsonElement meta) =>
        meta.ValueKind == JsonValueKind.Object
        && meta.TryGetProperty("activity", out var activity) && activity.ValueKind == JsonValueKind.Object
        && activity.TryGetProperty("source", out var source) && source.ValueKind == JsonValueKind.String
        && source.ValueEquals(ToolActivity.UploadSource);

    /// <summary>Writes an event line with emptied data. Its number and time are kept.</summary>
    public static void WriteLine(IBufferWriter<byte> lines, JsonElement line)
    {
        using (var json = new Utf8JsonWriter(lines, Options))
        {
            json.WriteStartObject();
            foreach (var property in line.EnumerateObject())
            {
                if (property.NameEquals("data"u8))
                {
                    json.WritePropertyName("data"u8);
                    WriteEmptied(json, property.Value);
                }
                else
                {
                    property.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }

        lines.Write("\n"u8);
    }

    private static void WriteEmptied(Utf8JsonWriter json, JsonElement data)
    {
        json.WriteStartObject();
        foreach (var property in data.EnumerateObject())
        {
            json.WritePropertyName(property.Name);
            if (!IsKept(property.Name))
                WriteEmpty(json, property.Value.ValueKind);
            else if (property.Value.ValueKind == JsonValueKind.Object)
                WriteEmptied(json, property.Value);
            else
                WriteScalar(json, property.Value);
        }

        json.WriteEndObject();
    }

    private static bool IsKept(string name) =>
        name is "id" or "type" or "kind" or "name" or "callId" or "source" or "action" or "meta" or "activity" or "function";

    private static void WriteScalar(Utf8JsonWriter json, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
            WriteEmpty(json, value.ValueKind);
        else
            value.WriteTo(json);
    }

    private static void WriteEmpty(Utf8JsonWriter json, JsonValueKind kind) => json.WriteRawValue(
        kind switch
        {
            JsonValueKind.Object => "{}",
            JsonValueKind.Array => "[]",
            JsonValueKind.String => "\"\"",
            _ => "null",
        },
        skipInputValidation: true);
}
