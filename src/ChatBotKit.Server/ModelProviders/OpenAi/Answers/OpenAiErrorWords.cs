using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>Finds the words of a failure inside an answer, in whatever field they stand, and gives them to <see cref="OpenAiError"/>.</summary>
internal static class OpenAiErrorWords
{
    private static readonly string[] Fields = ["details", "msg", "message", "detail", "errors", "error"];

    /// <param name="data">JSON, or plain words.</param>
    public static OpenAiError Of(ReadOnlySpan<byte> data)
    {
        try
        {
            return Of(JsonElement.Parse(data));
        }
        catch (JsonException)
        {
            return new OpenAiError(Encoding.UTF8.GetString(data).Trim(), "");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in the provider's own words.
            return new OpenAiError("", "");
        }
    }

    private static OpenAiError Of(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
            return value.GetArrayLength() > 0 ? Of(value[0]) : new OpenAiError("", "");
        var error = OpenAiError.From(value);
        if (error.Message.Length > 0 || value.ValueKind != JsonValueKind.Object)
            return error;
        foreach (var name in Fields)
        {
            if (!value.TryGetProperty(name, out var field))
                continue;
            var inner = Of(field);
            if (inner.Message.Length > 0)
                return inner.Code.Length > 0 ? inner : inner with { Code = error.Code };
        }

        return error;
    }
}
