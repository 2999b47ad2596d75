using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Failures;

/// <param name="Message">The provider's message, which may contain the API key; may be empty.</param>
/// <param name="Code">The provider's code, type or status as text; may be empty.</param>
internal sealed record OpenAiError(string Message, string Code)
{
    private const int MaxDepth = 6;

    public static OpenAiError None { get; } = new("", "");

    /// <summary>The part of the request that caused the error, for example <c>stream_options.include_usage</c>; may be empty.</summary>
    public string Param { get; init; } = "";

    /// <summary>
    /// Parses the various forms of errors. These are <c>{"message":…,"code":…}</c>, directly or inside <c>error</c>, in a list, or
    /// as JSON in a string; texts or lists of faults under <c>detail</c>, <c>details</c> or <c>errors</c>; and problem details with
    /// the faults of each field under <c>errors</c>.
    /// </summary>
    public static OpenAiError From(JsonElement value) => From(value, depth: 0);

    private static OpenAiError From(JsonElement value, int depth) => value.ValueKind switch
    {
        _ when depth > MaxDepth => None,
        JsonValueKind.String => OfText(value.GetString()!, depth),
        JsonValueKind.Array => OfList(value, depth),
        JsonValueKind.Object => OfObject(value, depth),
        _ => None,
    };

    private static OpenAiError OfText(string text, int depth)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty || trimmed[0] is not ('{' or '['))
            return new OpenAiError(text, "");
        try
        {
            using var document = JsonDocument.Parse(text);
            return From(document.RootElement, depth + 1) is { Message.Length: > 0 } inner ? inner : new OpenAiError(text, "");
        }
        catch (JsonException)
        {
            return new OpenAiError(text, "");
        }
    }

    private static OpenAiError OfList(JsonElement list, int depth)
    {
        var all = list.EnumerateArray().Take(10).Select(one => From(one, depth + 1)).Where(one => one.Message.Length > 0).ToList();
        return all.Count == 0 ? None : all[0] with { Message = string.Join("; ", all.Select(one => one.Message)) };
    }

    private static OpenAiError OfObject(JsonElement value, int depth)
    {
        var found = None;
        foreach (var name in (string[])["error", "message", "msg", "detail", "details", "title", "errors", "error_msg", "status_msg", "base_resp"])
        {
            if (found.Message.Length == 0 && value.TryGetProperty(name, out var inner))
                found = From(inner, depth + 1);
        }

        found = OpenAiFaults.AddTo(WithCause(found, value, depth), value, one => From(one, depth + 1));
        var code = First(
            found.Code, Text(value, "code"), TypeOf(value), Text(value, "status"), Text(value, "error_code"), Text(value, "status_code"));
        return found with { Code = code, Param = First(found.Param, Text(value, "param"), Place(value)) };
    }

    /// <summary>Adds the words of the underlying provider, which routers put in <c>metadata.raw</c> beside their own.</summary>
    private static OpenAiError WithCause(OpenAiError error, JsonElement value, int depth)
    {
        if (error.Message.Length == 0 || !value.TryGetProperty("metadata", out var metadata)
            || metadata.ValueKind != JsonValueKind.Object || !metadata.TryGetProperty("raw", out var raw))
            return error;
        var cause = From(raw, depth + 1);
        return cause.Message.Length == 0 ? error : error with
        {
            Message = $"{error.Message}: {cause.Message}",
            Param = First(error.Param, cause.Param),
        };
    }

    /// <summary>Returns the place of a fault in a validated body, such as <c>["body","messages",0]</c>.</summary>
    private static string Place(JsonElement value)
    {
        if (!value.TryGetProperty("loc", out var place) || place.ValueKind != JsonValueKind.Array)
            return "";
        var path = new StringBuilder();
        foreach (var part in place.EnumerateArray().Take(10).Where(part => !(part.ValueKind == JsonValueKind.String && part.ValueEquals("body"))))
            path.Append(path.Length > 0 ? "." : "").Append(part.ToString());
        return path.ToString();
    }

    /// <summary>
    /// Returns the type. In problem details it is the address of a web page; then it is ignored, because the status says more.
    /// </summary>
    private static string TypeOf(JsonElement value) => Text(value, "type") is var type && type.Contains(':', StringComparison.Ordinal) ? "" : type;

    private static string First(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.Length > 0)
                return text;
        }

        return "";
    }

    private static string Text(JsonElement value, string name) =>
        !value.TryGetProperty(name, out var field) ? "" : field.ValueKind switch
        {
            JsonValueKind.String => field.GetString()!,
            JsonValueKind.Number => field.GetRawText(),
            _ => "",
        };
}
