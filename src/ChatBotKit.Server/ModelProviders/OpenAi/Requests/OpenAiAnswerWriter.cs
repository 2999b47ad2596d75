using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Requests;

/// <summary>Writes the <see cref="AnswerSettings"/> of a request.</summary>
internal static class OpenAiAnswerWriter
{
    public static void Write(Utf8JsonWriter json, ModelRequest request, OpenAiVariations variations)
    {
        var answer = request.Answer;
        if (answer.TopP is { } topP && !variations.HasFlag(OpenAiVariations.NoTopP))
            json.WriteNumber("top_p"u8, topP);
        WriteStop(json, answer.Stop);
        if (answer.Format is { } format)
        {
            json.WritePropertyName("response_format"u8);
            format.WriteTo(json);
        }

        // OpenAI refuses both without tools.
        if (request.Tools.Count == 0)
            return;
        if (answer.ParallelCalls is { } parallel && !variations.HasFlag(OpenAiVariations.NoParallelCalls))
            json.WriteBoolean("parallel_tool_calls"u8, parallel);
        if (request.ForcedTool is null && answer.ToolChoice != ToolChoice.Auto)
            json.WriteString("tool_choice"u8, answer.ToolChoice == ToolChoice.None ? "none"u8 : "required"u8);
    }

    private static void WriteStop(Utf8JsonWriter json, IReadOnlyList<string> stop)
    {
        if (stop.Count == 0)
            return;
        json.WriteStartArray("stop"u8);
        foreach (var text in stop)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
