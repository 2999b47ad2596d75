using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>Reads a failure that stands inside an answer: JSON of any shape that <see cref="OpenAiError"/> knows, or plain words.</summary>
internal static class OpenAiErrorWords
{
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
            return OpenAiError.None;
        }
    }

    private static OpenAiError Of(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
            return value.GetArrayLength() > 0 ? Of(value[0]) : OpenAiError.None;
        return OpenAiError.From(value);
    }
}
