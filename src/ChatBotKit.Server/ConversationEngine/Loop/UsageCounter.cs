using System.Text.Json;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The number of tokens that a run and its functions have used so far. Thread-safe, because functions are called concurrently.</summary>
internal sealed class UsageCounter
{
    private long _input;
    private long _output;

    public long InputTokens => Interlocked.Read(ref _input);

    public long OutputTokens => Interlocked.Read(ref _output);

    public long Total => InputTokens + OutputTokens;

    public void Add(long input, long output)
    {
        Interlocked.Add(ref _input, input);
        Interlocked.Add(ref _output, output);
    }

    /// <summary>Writes the property <c>usage</c>: the total of the API, and its parts.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("token"u8, Total);
        json.WriteNumber("inputTokens"u8, InputTokens);
        json.WriteNumber("outputTokens"u8, OutputTokens);
        json.WriteEndObject();
    }

    /// <summary>
    /// Estimates the tokens of a text that no provider has counted, with four bytes per token, which is the average of English
    /// text.
    /// </summary>
    public static long Estimate(string text) => (System.Text.Encoding.UTF8.GetByteCount(text) + 3) / 4;
}
