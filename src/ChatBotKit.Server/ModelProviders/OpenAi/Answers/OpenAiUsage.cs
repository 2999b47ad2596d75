using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>Reads the token usage of an answer.</summary>
internal static class OpenAiUsage
{
    /// <returns>The usage; null when all counts are 0, as some servers send in every event but the last.</returns>
    public static ModelUsage? Read(ref Utf8JsonReader reader)
    {
        var (input, output) = (0L, 0L);
        while (reader.NextField(out var name))
        {
            if (reader.TokenType != JsonTokenType.Number)
                reader.Skip();
            else if (name.SequenceEqual("prompt_tokens"u8) || name.SequenceEqual("input_tokens"u8))
                input = reader.Count();
            else if (name.SequenceEqual("completion_tokens"u8) || name.SequenceEqual("output_tokens"u8))
                output = reader.Count();
        }

        return input + output > 0 ? new ModelUsage(input, output) : null;
    }

    /// <summary>Reads the field <c>usage</c> of an object.</summary>
    public static ModelUsage? ReadInside(ref Utf8JsonReader reader)
    {
        ModelUsage? usage = null;
        while (reader.NextField(out var name))
        {
            if (name.SequenceEqual("usage"u8) && reader.TokenType == JsonTokenType.StartObject)
                usage = Read(ref reader);
            else
                reader.Skip();
        }

        return usage;
    }
}
