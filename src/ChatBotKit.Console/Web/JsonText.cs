using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit.AdminConsole.Web;

internal static class JsonText
{
    /// <summary>For examples that people read: on several lines, and without what is not set.</summary>
    public static readonly JsonSerializerOptions WithoutNulls = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The text becomes encoded HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
