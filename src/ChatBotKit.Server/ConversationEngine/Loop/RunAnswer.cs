using System.Text.Json;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The answer of a run that the server itself has started.</summary>
/// <param name="Text">The text; null when the run ended without a result.</param>
/// <param name="InputTokens">The tokens that the model read.</param>
/// <param name="OutputTokens">The tokens that the model wrote.</param>
/// <param name="HasFailed">Whether the run had an error, so that the text may be only a part of the answer.</param>
internal readonly record struct RunAnswer(string? Text, long InputTokens, long OutputTokens, bool HasFailed)
{
    /// <summary>Reads the log of the run to its end.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<RunAnswer> ReadAsync(LogReader reader, CancellationToken cancellationToken)
    {
        var answer = default(RunAnswer);
        while (await reader.ReadAsync(cancellationToken) == LogRead.Lines)
        {
            foreach (var line in LogLines.Split(reader.Current.Lines))
            {
                if (LogLines.TypeOf(line.Span).SequenceEqual("error"u8))
                    answer = answer with { HasFailed = true };
                else if (LogLines.TypeOf(line.Span).SequenceEqual("result"u8))
                    answer = Of(LogLines.DataOf(line), answer.HasFailed);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return answer;
    }

    private static RunAnswer Of(ReadOnlyMemory<byte> result, bool hasFailed)
    {
        using var document = JsonDocument.Parse(result, JsonRules.Stored);
        var usage = document.RootElement.GetProperty("usage");
        return new RunAnswer(
            document.RootElement.GetProperty("text").GetString(), usage.GetProperty("inputTokens").GetInt64(), usage.GetProperty("outputTokens").GetInt64(),
            hasFailed);
    }
}
