using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <param name="Message">The provider's words, which may hold our key; may be empty.</param>
/// <param name="Code">Its code, type or status as text; may be empty.</param>
internal sealed record OpenAiError(string Message, string Code)
{
    /// <summary>
    /// Reads the usual <c>{"message":…,"code":…}</c>, the same inside <c>error</c>, and the plain texts that smaller
    /// servers send as <c>error</c> or <c>detail</c>.
    /// </summary>
    public static OpenAiError From(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return new OpenAiError(value.GetString()!, "");
        if (value.ValueKind != JsonValueKind.Object)
            return new OpenAiError("", "");
        if (value.TryGetProperty("error", out var inner))
            return From(inner);
        var message = Text(value, "message") is { Length: > 0 } text ? text : Text(value, "detail");
        var code = Text(value, "code") is { Length: > 0 } given ? given : Text(value, "type");
        return new OpenAiError(message, code);
    }

    private static string Text(JsonElement value, string name) =>
        !value.TryGetProperty(name, out var field) ? "" : field.ValueKind switch
        {
            JsonValueKind.String => field.GetString()!,
            JsonValueKind.Number => field.GetRawText(),
            _ => "",
        };
}
