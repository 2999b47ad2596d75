using System.Text.Json;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The number of tokens that a run has used so far.</summary>
/// <param name="clock">The clock that tells when the answer began; null when nobody asks.</param>
internal sealed class UsageCounter(TimeProvider? clock = null)
{
    private bool _isSpeaking;

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    public long Total => InputTokens + OutputTokens;

    /// <summary>The time of the first piece of the answer, in Unix milliseconds; null when there was none.</summary>
    public long? SpokeAt { get; private set; }

    /// <summary>Keeps the time of the first call.</summary>
    public void Spoke()
    {
        if (_isSpeaking)
            return;
        _isSpeaking = true;
        SpokeAt = clock?.GetUtcNow().ToUnixTimeMilliseconds();
    }

    public void Add(long input, long output)
    {
        InputTokens += input;
        OutputTokens += output;
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
