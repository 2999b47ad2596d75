using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Takes the provider's words out of an <c>error</c> event: they may name hosts, accounts and people of whom an end user must not
/// hear. The code stays, and a sentence that fits it comes in their place.
/// </summary>
internal static class ProviderFailure
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether the error is a provider's; other ones are written for callers.</summary>
    public static bool IsIn(JsonElement line) => line.GetProperty("data").TryGetProperty("provider", out _);

    /// <summary>Writes the line without them; its number and time stay.</summary>
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
