using System.Text;
using System.Text.Json;
using ChatBotKit.Server.ModelProviders.OpenAi.Failures;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>Reads a failure inside an answer: JSON in any form that <see cref="OpenAiError"/> knows, or plain text.</summary>
internal static class OpenAiErrorWords
{
    /// <param name="data">JSON or plain text.</param>
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
            // The provider's text has an unpaired surrogate.
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
