using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit.AdminConsole.Web;

internal static class JsonText
{
    /// <summary>The form of examples for people: on several lines, without fields that have no value.</summary>
    public static readonly JsonSerializerOptions WithoutNulls = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The text becomes encoded HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
