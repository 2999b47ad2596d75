using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Waits for the results of functions that the caller of a run publishes on a channel.</summary>
internal sealed class ChannelCalls(ChannelLogs channels, RunEvents events, string scopeId, TimeProvider clock)
{
    /// <summary>How long a caller may take to answer. Meanwhile the stream gets periodic signs of life.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Ping = TimeSpan.FromMinutes(1);

    private const string TimedOut = """{"error":"No answer came on the channel within five minutes."}""";

    private ConcurrentDictionary<string, SemaphoreSlim>? _turns;

    /// <summary>
    /// Waits for the caller's answer. Calls with the same channel wait one after the other, because a message on a channel does not
    /// say which call it answers.
    /// </summary>
    public async Task<string> AnswerAsync(string channel, ToolActivity call, CancellationToken cancellationToken)
    {
        var turns = LazyInitializer.EnsureInitialized(ref _turns, static () => new(StringComparer.Ordinal));
        var turn = turns.GetOrAdd(channel, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            using var subscription = await channels.SubscribeAsync(ChannelLogs.LogId(scopeId, channel), 0, Ping);
            // The time counts from before the caller can know of the call.
            var start = clock.GetTimestamp();
            events.Emit("waitForChannelMessageBegin", json => WriteWait(json, channel, call, null));
            events.InputUsedUp();
            var message = await NextMessageAsync(subscription.Reader, start, cancellationToken);
            events.Emit("waitForChannelMessageEnd", json => WriteWait(json, channel, call, message ?? TimedOut));
            return message is null ? TimedOut : ResultOf(message);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<string?> NextMessageAsync(LogReader channel, long start, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (await channel.ReadAsync(cancellationToken))
            {
                case LogRead.Lines:
                    var lines = channel.Current.Lines.Span;
                    return Encoding.UTF8.GetString(lines[..lines.IndexOf((byte)'\n')]);
                case LogRead.Heartbeat when clock.GetElapsedTime(start) < Timeout:
                    events.Emit("ping");
                    events.InputUsedUp();
                    break;
                default:
                    return null;
            }
        }
    }

    private static void WriteWait(Utf8JsonWriter json, string channel, ToolActivity call, string? message)
    {
        json.WriteString("channel"u8, channel);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, call.Name);
        json.WritePropertyName("args"u8);
        json.WriteRawValue(call.Arguments);
        json.WriteEndObject();
        if (message is null)
            return;
        json.WritePropertyName("message"u8);
        json.WriteRawValue(message);
    }

    /// <summary>Interprets a published object as a request to abort the run, an error, a result, or as the result itself.</summary>
    private static string ResultOf(string message)
    {
        using var document = JsonDocument.Parse(message, JsonRules.Stored);
        var root = document.RootElement;
        if (root.TryGetProperty("abort", out var abort) && IsTruthy(abort))
            throw new RunAbortedException("channel");
        if (root.TryGetProperty("error", out var error))
            return ToolJson.Text(json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("error"u8);
                error.WriteTo(json);
                json.WriteEndObject();
            });
        return root.TryGetProperty("result", out var result) ? result.GetRawText() : message;
    }

    private static bool IsTruthy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.False or JsonValueKind.Null or JsonValueKind.Undefined => false,
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.String => value.GetString()!.Length > 0,
        _ => true,
    };
}
