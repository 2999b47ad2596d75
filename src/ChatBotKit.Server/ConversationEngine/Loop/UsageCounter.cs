using System.Text.Json;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The number of tokens that a run and its functions have used so far. Thread-safe, because functions are called concurrently.</summary>
/// <param name="clock">The clock that tells when the answer began; null when nobody asks.</param>
internal sealed class UsageCounter(TimeProvider? clock = null)
{
    private long _input;
    private long _output;
    private bool _isSpeaking;

    public long InputTokens => Interlocked.Read(ref _input);

    public long OutputTokens => Interlocked.Read(ref _output);

    public long Total => InputTokens + OutputTokens;

    /// <summary>The number of messages that the run counts: its answer, and the question before it if there is one.</summary>
    public int Messages { get; init; } = 1;

    /// <summary>The time at which the counting began, in Unix milliseconds.</summary>
    public long? BeganAt { get; } = clock?.GetUtcNow().ToUnixTimeMilliseconds();

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
