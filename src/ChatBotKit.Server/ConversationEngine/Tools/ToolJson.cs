using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.ConversationEngine;

internal static class ToolJson
{
    /// <summary>Returns the written JSON as text on one line.</summary>
    public static string Text(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            write(json);
        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
