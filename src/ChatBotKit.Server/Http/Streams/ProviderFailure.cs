using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Replaces the provider's words in an <c>error</c> event, because they may name hosts, accounts and people. The code is kept, with
/// a neutral sentence for it.
/// </summary>
internal static class ProviderFailure
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether the error comes from a provider. Other errors are written for callers.</summary>
    public static bool IsIn(JsonElement line) => line.GetProperty("data").TryGetProperty("provider", out _);

    /// <summary>Writes the line with the neutral sentence. Its number and time are kept.</summary>
    public static void WriteLine(IBufferWriter<byte> lines, JsonElement line)
    {
        using (var json = new Utf8JsonWriter(lines, Options))
        {
            json.WriteStartObject();
            foreach (var property in line.EnumerateObject())
            {
                if (property.NameEquals("data"u8))
                    WriteData(json, property.Value);
                else
                    property.WriteTo(json);
            }

            json.WriteEndObject();
        }

        lines.Write("\n"u8);
    }

    private static void WriteData(Utf8JsonWriter json, JsonElement data)
    {
        var code = data.GetProperty("code").GetString()!;
        json.WriteStartObject("data"u8);
        json.WriteString("code"u8, code);
        json.WriteString("message"u8, ApiError.NeutralMessage(code));
        if (data.TryGetProperty("retryAfter", out var wait))
            json.WriteNumber("retryAfter"u8, wait.GetInt64());
        json.WriteEndObject();
    }
}
