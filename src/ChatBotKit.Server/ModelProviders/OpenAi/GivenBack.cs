using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>
/// Writes back what the provider gave along with a call. Fields that we write ourselves are left out: callers may keep a
/// conversation and send it again, and must not be able to say there who speaks.
/// </summary>
internal static class GivenBack
{
    public static void WriteOfMessage(Utf8JsonWriter json, string? fields) => Write(
        json, fields, static name => name is not ("role" or "content" or "tool_calls" or "function_call" or "tool_call_id" or "name" or "refusal"));

    public static void WriteOfCall(Utf8JsonWriter json, string? fields) =>
        Write(json, fields, static name => name is not ("id" or "type" or "index" or "function"));

    public static void WriteOfFunction(Utf8JsonWriter json, string? fields)
    {
        if (fields is null)
            return;
        using var document = JsonDocument.Parse(fields);
        if (document.RootElement.TryGetProperty("function"u8, out var function) && function.ValueKind == JsonValueKind.Object)
            Write(json, function, static name => name is not ("name" or "arguments"));
    }

    private static void Write(Utf8JsonWriter json, string? fields, Func<string, bool> isGivenBack)
    {
        if (fields is null)
            return;
        using var document = JsonDocument.Parse(fields);
        Write(json, document.RootElement, isGivenBack);
    }

    private static void Write(Utf8JsonWriter json, JsonElement fields, Func<string, bool> isGivenBack)
    {
        foreach (var field in fields.EnumerateObject())
        {
            if (isGivenBack(field.Name))
                field.WriteTo(json);
        }
    }
}
